/**
 * `Promise.all` that rejects only when all have come to an end: what goes on behind an invocation
 * that failed is frozen with its instance, and would wake up inside the next invocation.
 */
export async function settleAll<T extends readonly unknown[] | []>(promises: T) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
