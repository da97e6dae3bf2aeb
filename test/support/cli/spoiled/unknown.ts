import { NOW_MS, refusal } from '../doctor-world.ts';
import { backfill, type Spoiled, stack } from './spoil.ts';

/** What can't be said. */
export const unknown: readonly Spoiled[] = [
  [
    'function-compute',
    'refuses a user',
    (world) => {
      world.caller.isAccount = false;
      world.failing.function = refusal('GetFunction', 'AccessDenied');
    },
    /GetFunction is refused: AccessDenied.*never activated.*otherwise allow fc:GetFunction/,
  ],
  [
    'permissions-to-deploy',
    'of a user, when something is missing',
    (world) => {
      world.caller.isAccount = false;
      world.dashboards.length = 0;
    },
    /can't be read/,
  ],
  [
    'stack',
    'being changed',
    (world) => Object.assign(stack(world), { status: 'UPDATE_IN_PROGRESS' }),
    /being changed right now: UPDATE_IN_PROGRESS/,
  ],
  [
    'function-backfill-settings',
    'of which a part may not be read',
    (world) => {
      world.failing.reservedConcurrency = refusal('GetConcurrencyConfig', 'AccessDenied');
    },
    /GetConcurrencyConfig is refused.*Allow fc:GetConcurrencyConfig/,
  ],
  [
    'heartbeat',
    'of a schedule that was just made',
    (world) => {
      world.lastRuns.shift();
      const createdTime = new Date(NOW_MS - 3 * 60_000).toISOString();
      Object.assign(backfill(world).triggers.schedule ?? {}, { createdTime });
    },
    /made 3 min ago/,
  ],
  [
    'last-event',
    'that never came',
    (world) => {
      world.lastRuns.pop();
    },
    /none has ever arrived/,
  ],
];
