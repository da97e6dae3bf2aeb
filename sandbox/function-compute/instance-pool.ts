import type { Instance } from './instance.ts';

export interface InstancePool {
  /** As many as may run are busy. */
  isFull(): boolean;
  /** An idle instance, else a new one. */
  acquire(start: () => Instance): Instance;
  /** Ends the use that `acquire` began; a dead instance is forgotten. */
  release(instance: Instance): void;
  killBusy(): void;
  killAll(): void;
  /** Ends every process, also the frozen ones. */
  close(): Promise<void>;
}

/** The instances of one function: one request each at a time, reused, most recently used first. */
export function createInstancePool(options: { readonly limit: number }): InstancePool {
  const idle: Instance[] = [];
  const busy = new Set<Instance>();

  return {
    isFull: () => busy.size >= options.limit,
    acquire: (start) => {
      let instance = idle.pop();
      while (instance !== undefined && !instance.isAlive()) instance = idle.pop();
      instance ??= start();
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
