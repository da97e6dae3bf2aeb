import type { SandboxClock } from '../../world/clock.ts';
import { seededRandom } from '../../world/random.ts';
import type { FunctionSlots } from './account-concurrency.ts';
import type { Instance } from './instance.ts';

export interface InstancePool {
  /** An idle instance, else a new one. */
  acquire(start: () => Instance): Instance;
  /** Ends the use that `acquire` began; a dead instance is forgotten. */
  release(instance: Instance): void;
  killBusy(): void;
  killAll(): void;
  /** Ends the idle ones now and each of the others when its request has ended; resolves after it. */
  retire(): Promise<void>;
  /** Ends every process, also the frozen ones. */
  close(): Promise<void>;
}

/**
 * The instances of one function: one request each at a time, reused, most recently used first, and
 * ended when nobody has used them for a while.
 */
export function createInstancePool(options: {
  readonly slots: FunctionSlots;
  readonly clock: SandboxClock;
  /** Asked each time that an instance falls idle. */
  readonly idleMs: () => number;
}): InstancePool {
  const { clock, slots, idleMs } = options;
  const idle: { readonly instance: Instance; readonly cancelEnd: () => void }[] = [];
  const busy = new Set<Instance>();
  let isRetired = false;

  const takeIdle = (): Instance | undefined => {
    for (let next = idle.pop(); next !== undefined; next = idle.pop()) {
      next.cancelEnd();
      if (next.instance.isAlive()) return next.instance;
    }
    return undefined;
  };

  const all = () => [...idle.map(({ instance }) => instance), ...busy];

  return {
    acquire: (start) => {
      const instance = takeIdle() ?? start();
      busy.add(instance);
      slots.take();
      return instance;
    },
    release: (instance) => {
      if (!busy.delete(instance)) return;
      slots.free();
      if (!instance.isAlive()) return;
      if (isRetired) {
        instance.kill();
        return;
      }
      const entry = { instance, cancelEnd: clock.at(clock.now() + idleMs(), end) };
      idle.push(entry);
      function end() {
        idle.splice(idle.indexOf(entry), 1);
        instance.kill();
      }
    },
    killBusy: () => {
      for (const instance of busy) instance.kill();
    },
    killAll: () => {
      for (const instance of all()) instance.kill();
    },
    retire: async () => {
      isRetired = true;
      const ended = all().map((instance) => instance.ended);
      for (const { instance, cancelEnd } of idle) {
        cancelEnd();
        instance.kill();
      }
      await Promise.all(ended);
    },
    close: async () => {
      for (const { cancelEnd } of idle) cancelEnd();
      for (const instance of all()) instance.kill();
      await Promise.all(all().map((instance) => instance.ended));
    },
  };
}

/** The default of `idleMs`, by a seed. */
export function aboutFiveMinutes(): () => number {
  const random = seededRandom(1);
  return () => Math.floor((4 + 2 * random()) * 60_000);
}
