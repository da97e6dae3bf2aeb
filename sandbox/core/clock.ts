/** The sandbox's own time: what moves recorder states, fills quotas and stamps records. */
export interface SandboxClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves time forward at once; what falls due in between happens in order. */
  advance(durationMs: number): void;
  /** Calls back once, when `now()` has reached `atMs`. Returns a function that cancels. */
  at(atMs: number, callback: () => void): () => void;
  stop(): void;
}
