/** Statistics over the log store. */
export interface ResultQuery {
  /**
   * The rows of `search | select …`, their values as text, a missing one as the text `null`. Without
   * a `limit` of its own a statement answers 100 rows. Safe to repeat. Rejects with a `CloudError`.
   */
  query(query: {
    readonly query: string;
    /** Seconds since 1970, inclusive. */
    readonly fromS: number;
    /** Seconds since 1970, exclusive. */
    readonly toS: number;
    /** Bounds the whole query, however often it is asked again. */
    readonly timeoutMs: number;
  }): Promise<Readonly<Record<string, string>>[]>;
}
