/** Does it at the first call; after a failure, again at the next. */
export function memoize<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** Does it once for each list of names, and keeps what came of it, a failure too. */
export function memoizeByName<Names extends readonly string[], T>(
  make: (...names: Names) => Promise<T>,
): (...names: Names) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (...names) => {
    const key = JSON.stringify(names);
    const making = made.get(key) ?? make(...names);
    made.set(key, making);
    return making;
  };
}
