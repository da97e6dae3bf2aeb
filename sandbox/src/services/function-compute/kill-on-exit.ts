/**
 * Calls back when the sandbox's process ends by itself: a frozen process would outlive it. Returns a
 * function that takes this back.
 */
export function killOnExit(kill: () => void): () => void {
  process.on('exit', kill);
  return () => void process.off('exit', kill);
}
