import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../workflows/onboarding/ports.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs) => sleep(durationMs),
};
