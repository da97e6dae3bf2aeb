import { beforeEach } from 'vitest';

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
  return new Proxy({} as T, {
    get(_target, name) {
      if (current === undefined) throw new Error('There is none outside of a test.');
      return Reflect.get(current, name);
    },
  });
}
