/** What the control interface takes. Every number has an end, and every key is known. */
import * as v from 'valibot';
import type { Seed } from '../../seed.ts';
import { ACTIVATABLE } from '../../world/activation.ts';
import { HIGHEST_SPEED } from '../../world/clock.ts';
import type { Fault } from '../../world/faults.ts';
import type { PolicyDocument } from '../../world/policy.ts';
import type { DeliveryOptions } from '../event-bridge/delivery-options.ts';
import { checked, eitherOf, mapOf, object } from './checked.ts';

/** A year at a time: timers that fire every minute would keep a longer one busy for hours. */
const LONGEST_ADVANCE_MS = 366 * 24 * 60 * 60 * 1000;
const MOST_MEMBERS = 100_000;
const MOST_COPIES = 100;
export const LARGEST_PAGE = 1000;

const wholeFrom = (least: number, most: number = Number.MAX_SAFE_INTEGER) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_ADVANCE_MS));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const randomSeed = wholeFrom(0);
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const text = v.pipe(v.string(), v.maxLength(4096));
const accountId = v.pipe(v.string(), v.regex(/^\d{16}$/, '16 digits are expected'));
const names = v.array(name);

const effect = v.variant('kind', [
  object({
    kind: v.literal('error'),
    code: name,
    status: v.exactOptional(wholeFrom(400, 599)),
    message: v.exactOptional(text),
    retryAfterMs: v.exactOptional(milliseconds),
  }),
  object({ kind: v.literal('reset') }),
  object({ kind: v.literal('hang') }),
  object({ kind: v.literal('cut-body') }),
  object({ kind: v.literal('html-503') }),
  object({ kind: v.literal('empty-500') }),
]);

const when = eitherOf('{first: n}, {nth: n}, {always: true} or {probability: p, seed: s}', [
  object({ first: wholeFrom(1) }),
  object({ nth: wholeFrom(1) }),
  object({ always: v.literal(true) }),
  object({ probability, seed: randomSeed }),
]);

export const faultEntries = {
  service: name,
  operation: name,
  effect,
  when,
  afterEffect: v.exactOptional(v.boolean()),
};

export const faultInput = object(faultEntries) satisfies v.GenericSchema<unknown, Fault>;

export const clockInput = v.pipe(
  object({
    advanceMs: v.exactOptional(milliseconds),
    speed: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(HIGHEST_SPEED))),
  }),
  v.check(
    ({ advanceMs, speed }) => advanceMs !== undefined || speed !== undefined,
    'advanceMs or speed is needed',
  ),
);

/** Without an operation: all of them. */
export const quotasInput = v.pipe(
  object({
    enabled: v.boolean(),
    service: v.exactOptional(name),
    operation: v.exactOptional(name),
  }),
  v.check(
    ({ service, operation }) => (service === undefined) === (operation === undefined),
    'service and operation go together',
  ),
);

export const activationInput = object({
  service: v.picklist(ACTIVATABLE),
  activated: v.boolean(),
});

const deliveryOptions = object({
  duplicate: v.exactOptional(wholeFrom(0, MOST_COPIES)),
  delayMs: v.exactOptional(milliseconds),
  reorderWithinMs: v.exactOptional(milliseconds),
  drop: v.exactOptional(probability),
  seed: v.exactOptional(randomSeed),
}) satisfies v.GenericSchema<unknown, DeliveryOptions>;

/** For one event name, or for all others. */
export const deliveryInput = object({
  eventName: v.exactOptional(name),
  options: deliveryOptions,
});

const recorderStatus = v.picklist(['REGISTRABLE', 'BUILDING', 'REGISTERED', 'REBUILDING']);
const recorders = mapOf(accountId, recorderStatus);

const accountStatus = v.picklist([
  'CreateSuccess',
  'InviteSuccess',
  'PromoteCancelled',
  'PromoteExpired',
  'PromoteFailed',
  'PromoteSuccess',
  'PromoteVerifying',
  'CreateCancelled',
  'CreateExpired',
  'CreateFailed',
  'CreateVerifying',
  'Removed',
]);

const member = object({
  displayName: name,
  accountId: v.exactOptional(accountId),
  folder: v.exactOptional(name),
  tags: v.exactOptional(mapOf(name, v.string())),
  joinMethod: v.exactOptional(v.picklist(['created', 'invited'])),
  joinedAt: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
  status: v.exactOptional(accountStatus),
  recorder: v.exactOptional(recorderStatus),
  recorderIsStuck: v.exactOptional(v.boolean()),
});

export const seedInput = object({
  folders: v.exactOptional(names),
  members: v.exactOptional(
    eitherOf('a whole number or a list of members', [
      wholeFrom(0, MOST_MEMBERS),
      v.pipe(v.array(member), v.maxLength(MOST_MEMBERS)),
    ]),
  ),
  config: v.exactOptional(
    object({
      organization: v.exactOptional(v.picklist(['not-activated', 'off', 'on'])),
      missingMembers: v.exactOptional(v.array(accountId)),
      recorders: v.exactOptional(recorders),
      stuckMembers: v.exactOptional(recorders),
      groupOwnerAccountId: v.exactOptional(accountId),
      groupMemberLimit: v.exactOptional(wholeFrom(0)),
      organizationBuildMs: v.exactOptional(milliseconds),
      memberBuildMs: v.exactOptional(milliseconds),
      groupCreateMs: v.exactOptional(milliseconds),
      initializationMs: v.exactOptional(milliseconds),
      joinDelayMs: v.exactOptional(milliseconds),
      accountIdAs: v.exactOptional(v.picklist(['number', 'string'])),
      needsServiceLinkedRolePermission: v.exactOptional(v.boolean()),
    }),
  ),
}) satisfies v.GenericSchema<unknown, Seed>;

const oneOrMore = eitherOf('text or a list of texts', [text, v.array(text)]);

const policy = object({
  Version: v.literal('1'),
  Statement: v.array(
    object({
      Effect: v.picklist(['Allow', 'Deny']),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: v.exactOptional(mapOf(name, mapOf(name, oneOrMore))),
    }),
  ),
}) satisfies v.GenericSchema<unknown, PolicyDocument>;

export const identityInput = v.variant('kind', [
  object({ kind: v.literal('root') }),
  object({ kind: v.literal('member'), accountId }),
  object({ kind: v.literal('operator'), userName: v.exactOptional(name), policy }),
]);

export const accountStatusInput = object({ status: accountStatus });

/** `version` says which product; by default the management account calls. */
export const callInput = object({
  accountId: v.exactOptional(accountId),
  version: name,
  operation: name,
  parameters: v.exactOptional(mapOf(name, text)),
});

/** Of a list that goes on: what comes after the cursor. */
const cursor = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}$/, 'a whole number from 0 is expected'),
  v.transform(Number),
);
const limit = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,3}$/, `a whole number from 1 to ${LARGEST_PAGE} is expected`),
  v.transform(Number),
  v.maxValue(LARGEST_PAGE),
);

export const pageQuery = {
  after: v.exactOptional(cursor),
  limit: v.exactOptional(limit),
};

export const journalQuery = {
  ...pageQuery,
  service: v.exactOptional(name),
  operation: v.exactOptional(name),
  accountId: v.exactOptional(accountId),
  status: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^[1-5]\d\d$/, 'a status from 100 to 599 is expected'),
      v.transform(Number),
    ),
  ),
  errorCode: v.exactOptional(name),
};

/** A seed that somebody wrote. Throws a `RangeError` with every problem. */
export function readSeed(value: unknown): Seed {
  return checked(seedInput, value, 'the seed');
}
