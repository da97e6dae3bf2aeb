/** What the functions have recorded. */
import { minutesAgo } from '../doctor-world.ts';
import type { Spoiled } from './spoil.ts';

export const work: readonly Spoiled[] = [
  [
    'heartbeat',
    'too long ago',
    (world) => Object.assign(world.lastRuns[0] ?? {}, { time: minutesAgo(31) }),
    /31 min ago/,
  ],
  [
    'heartbeat',
    'never',
    (world) => {
      world.lastRuns.shift();
    },
    /none yet/,
  ],
  [
    'heartbeat',
    'at no time that can be read',
    (world) => Object.assign(world.lastRuns[0] ?? {}, { time: 'yesterday' }),
    /at an unknown time/,
  ],
  [
    'heartbeat',
    'failed',
    (world) =>
      Object.assign(world.lastRuns[0] ?? {}, { outcome: 'failed', reason: 'NoPermission' }),
    /2 min ago, failed: NoPermission/,
  ],
];
