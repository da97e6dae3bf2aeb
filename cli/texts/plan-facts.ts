/** What a plan decided, and on what. */
export interface PlanFacts {
  /** In English, as the run gave it. */
  readonly reason: string;
  /** Of the organization; absent where it can't be read. */
  readonly organizationStatus: string | undefined;
  /** By the step that the plan has for them. */
  readonly accounts: Readonly<Record<'none' | 'await' | 'start' | 'verify' | 'skip', number>>;
}
