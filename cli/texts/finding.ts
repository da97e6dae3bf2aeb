/** What a result says, as far as its recommendation follows from it. */
export interface Finding {
  readonly outcome: string;
  readonly recorderStatus?: string;
  readonly errorCode?: string;
  readonly recommendation?: string;
}
