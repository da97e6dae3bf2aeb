/** How much of `timeoutMs` is left, for what takes several calls and is bounded as a whole. */
export function timeLeft(timeoutMs: number): () => number {
  const startedMs = performance.now();
  return () => Math.ceil(timeoutMs - (performance.now() - startedMs));
}
