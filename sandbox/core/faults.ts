/** What goes wrong with one call. */
export type FaultEffect =
  /** Answers with this code of the service's error table; `status` and `message` override it. */
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly status?: number;
      readonly message?: string;
      /** Sent as the header `x-acs-retry-after`. */
      readonly retryAfterMs?: number;
    }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Sends half of the answer's body, then closes. */
  | { readonly kind: 'cut-body' }
  /** 503 with a page of HTML, as a load balancer does. */
  | { readonly kind: 'html-503' }
  /** 500 with nothing in it. */
  | { readonly kind: 'empty-500' };

/** Which calls of the operation it hits, counted from 1 over the calls that match. */
export type FaultWhen =
  | { readonly first: number }
  | { readonly nth: number }
  | { readonly always: true }
  | { readonly probability: number; readonly seed: number };

export interface Fault {
  readonly service: string;
  /** An operation's name, or `*`. */
  readonly operation: string;
  readonly effect: FaultEffect;
  readonly when: FaultWhen;
  /** The call takes effect and only its answer is lost. Default: it takes no effect. */
  readonly afterEffect?: boolean;
}

/** The faults in force. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Counts this call and says what hits it, if anything: the first fault that applies. */
  next(service: string, operation: string): Fault | undefined;
}
