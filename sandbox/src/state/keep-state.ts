import type { Cloud } from '../cloud.ts';
import { saveCloud } from './save-cloud.ts';
import type { Keeper } from './saved-sandbox.ts';

const LOOK_EVERY_MS = 1000;

/** Keeps the state of the sandbox of the moment. */
export interface Keeping {
  /** Resolves when it is kept. */
  saveNow(): Promise<void>;
  /** Saves for the last time. */
  stop(): Promise<void>;
}

/**
 * Saves within a second or so after calls have arrived, and when it stops. What time alone has changed
 * is computed from what is saved.
 */
export function keepState(keeper: Keeper, cloudOfTheMoment: () => Cloud): Keeping {
  let saving: Promise<void> = Promise.resolve();
  let savedUpTo = lastCall();

  function lastCall(): string {
    const { journal } = cloudOfTheMoment().world;
    return journal.entries().at(-1)?.requestId ?? '';
  }

  function saveNow(): Promise<void> {
    saving = saving
      .catch(() => {})
      .then(async () => {
        savedUpTo = lastCall();
        await keeper.save(await saveCloud(cloudOfTheMoment()));
      });
    return saving;
  }

  const timer = setInterval(() => {
    if (lastCall() === savedUpTo) return;
    saveNow().catch((error) => process.stderr.write(`sandbox: its state is not kept: ${error}\n`));
  }, LOOK_EVERY_MS);
  timer.unref();

  return {
    saveNow,
    stop() {
      clearInterval(timer);
      return saveNow();
    },
  };
}
