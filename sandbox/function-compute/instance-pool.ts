import type { Instance } from './instance.ts';

export interface InstancePool {
  /** An idle instance, else a new one. `undefined` when as many as may run are busy. */
  acquire(): Instance | undefined;
  /** Ends the use that `acquire` began; a dead instance is forgotten. */
  release(instance: Instance): void;
  killBusy(): void;
  killAll(): void;
  /** Ends every process, also the frozen ones. */
  close(): Promise<void>;
}

/** The instances of one function: one request each at a time, reused, most recently used first. */
export function createInstancePool(options: {
  readonly limit: number;
  readonly start: () => Instance;
}): InstancePool {
  const idle: Instance[] = [];
  const busy = new Set<Instance>();

  return {
    acquire: () => {
      if (busy.size >= options.limit) return undefined;
      let instance = idle.pop();
      while (instance !== undefined && !instance.isAlive()) instance = idle.pop();
      instance ??= options.start();
      busy.add(instance);
      return instance;
    },
    release: (instance) => {
      if (busy.delete(instance) && instance.isAlive()) idle.push(instance);
    },
    killBusy: () => {
      for (const instance of busy) instance.kill();
    },
    killAll: () => {
      for (const instance of [...idle, ...busy]) instance.kill();
    },
    close: async () => {
      const all = [...idle, ...busy];
      for (const instance of all) instance.kill();
      await Promise.all(all.map((instance) => instance.ended));
    },
  };
}
