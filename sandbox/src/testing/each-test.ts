import { beforeEach, onTestFinished } from 'vitest';

/**
 * What `start` starts, anew before each test of the file or group, and closed after it. To be used
 * within tests only: what is asked of it is asked of the one that the test has.
 */
export function eachTest<T extends { close(): Promise<void> }>(start: () => Promise<T>): T {
  let current: T | undefined;
  beforeEach(async () => {
    const started = await start();
    current = started;
    return () => started.close();
  });
  return standIn(() => current);
}

/**
 * The same for a `start` whose options differ: each test calls it, and is given what it started.
 * Started again within a test, the new one is meant; both are closed when the test ends.
 */
export function startedByTest<T extends { close(): Promise<void> }, Options extends unknown[]>(
  start: (...options: Options) => Promise<T>,
): { readonly started: T; start(...options: Options): Promise<T> } {
  let current: T | undefined;
  return {
    started: standIn(() => current),
    async start(...options) {
      const started = await start(...options);
      current = started;
      onTestFinished(() => started.close());
      return started;
    },
  };
}

function standIn<T extends object>(current: () => T | undefined): T {
  return new Proxy({} as T, {
    get(_target, name) {
      const started = current();
      if (started === undefined) throw new Error('There is none outside of a test.');
      return Reflect.get(started, name);
    },
  });
}
