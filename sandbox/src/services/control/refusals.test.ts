import { expect, test } from 'vitest';
import { FAULT } from '../../testing/control-calls.ts';
import { checked, eitherOf } from './checked.ts';
import * as inputs from './inputs.ts';

const FORMS = '{first: n}, {nth: n}, {always: true} or {probability: p, seed: s} is expected';

test.each([
  [{ first: '2' }, `when.first: a number is expected, not "2" (${FORMS})`],
  [{ first: 0 }, `when.first: at least 1 is expected, not 0 (${FORMS})`],
  [{ nth: 1.5 }, `when.nth: a whole number is expected, not 1.5 (${FORMS})`],
  [{ always: false }, `when.always: true is expected, not false (${FORMS})`],
  [{ probability: 0.5 }, `when.seed: is missing (${FORMS})`],
  [{ probability: 2, seed: 1 }, `when.probability: at most 1 is expected, not 2 (${FORMS})`],
  [{ first: 1, nth: 2 }, `when.nth: there is no such key; there are: first (${FORMS})`],
  [{ frist: 1 }, `when: ${FORMS}, not an object of frist`],
  [{}, `when: ${FORMS}, not an object of no keys`],
  [[1], `when: ${FORMS}, not a list of 1`],
  [5, `when: ${FORMS}, not 5`],
  [undefined, `when: is missing (${FORMS})`],
])('which calls a fault hits can not be %j', (when, message) => {
  // As a body comes: JSON has no undefined.
  const body = JSON.parse(JSON.stringify({ ...FAULT, when }));
  expect(() => checked(inputs.faultInput, body, 'the body')).toThrow(new RangeError(message));
});

const MEMBER = { displayName: 'shop' };
const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' };
const operator = (...Statement: unknown[]) => ({
  kind: 'operator',
  policy: { Version: '1', Statement },
});

test.each([
  ['fault', inputs.faultInput, 5, 'the body: an object is expected, not 5'],
  ['fault', inputs.faultInput, [], 'the body: an object is expected, not a list'],
  ['fault', inputs.faultInput, { ...FAULT, effect: 5 }, 'effect: an object is expected, not 5'],
  [
    'fault',
    inputs.faultInput,
    { ...FAULT, effect: { kind: 'explode' } },
    'effect.kind: one of error, reset, hang, cut-body, html-503, empty-500 is expected, not "explode"',
  ],
  ['fault', inputs.faultInput, { ...FAULT, effect: { kind: 'error' } }, 'effect.code: is missing'],
  ['clock', inputs.clockInput, { advanceMs: '5' }, 'advanceMs: a number is expected, not "5"'],
  [
    'clock',
    inputs.clockInput,
    { advance: 5 },
    'advance: there is no such key; there are: advanceMs, speed',
  ],
  [
    'quotas',
    inputs.quotasInput,
    { enabled: 'yes' },
    'enabled: true or false is expected, not "yes"',
  ],
  [
    'activation',
    inputs.activationInput,
    { service: 'config', activated: true },
    /^service: one of cloud-flow, .*, resource-orchestration is expected, not "config"$/,
  ],
  ['delivery', inputs.deliveryInput, {}, 'options: is missing'],
  [
    'delivery',
    inputs.deliveryInput,
    { eventName: '', options: { drop: -1 } },
    'eventName: a length of at least 1 is expected, not 0; options.drop: at least 0 is expected, not -1',
  ],
  [
    'seed',
    inputs.seedInput,
    { members: '3' },
    'members: a whole number or a list of members is expected, not "3"',
  ],
  ['seed', inputs.seedInput, { members: -1 }, 'members: at least 0 is expected, not -1'],
  ['seed', inputs.seedInput, { members: [{}] }, 'members.0.displayName: is missing'],
  [
    'seed',
    inputs.seedInput,
    { members: [{ ...MEMBER, joinedAt: 'today', accountId: '7', recorder: 'ON' }] },
    'members.0.accountId: 16 digits are expected; ' +
      'members.0.joinedAt: a time like 2026-01-02T03:04:05Z is expected, not "today"; ' +
      'members.0.recorder: one of REGISTRABLE, BUILDING, REGISTERED, REBUILDING is expected, not "ON"',
  ],
  ['seed', inputs.seedInput, { folders: 'a' }, 'folders: a list is expected, not "a"'],
  [
    'seed',
    inputs.seedInput,
    { config: { stuckMembers: [] } },
    'config.stuckMembers: an object is expected, not a list',
  ],
  [
    'identity',
    inputs.identityInput,
    { kind: 'guest' },
    'kind: one of root, member, operator is expected, not "guest"',
  ],
  [
    'identity',
    inputs.identityInput,
    operator({ ...ALLOW, Action: 5 }, { ...ALLOW, Resource: [1] }),
    'policy.Statement.0.Action: text or a list of texts is expected, not 5; ' +
      'policy.Statement.1.Resource.0: text is expected, not 1',
  ],
  [
    'identity',
    inputs.identityInput,
    { kind: 'operator', policy: { Version: '2', Statement: [] } },
    'policy.Version: "1" is expected, not "2"',
  ],
  [
    'call',
    inputs.callInput,
    { version: '1', operation: 'x', parameters: { N: 1 } },
    'parameters.N: text is expected, not 1',
  ],
])('what is wrong with a %s, and where', (_, schema, value, message) => {
  const refusal = typeof message === 'string' ? new RangeError(message) : message;
  expect(() => checked(schema, value, 'the body')).toThrow(refusal);
});

test('what is right is taken as it is', () => {
  const seed = { members: [MEMBER], config: { recorders: { '1000000000000001': 'BUILDING' } } };
  expect(checked(inputs.seedInput, seed, 'the seed')).toEqual(seed);
  expect(checked(inputs.identityInput, operator(ALLOW), 'the body')).toEqual(operator(ALLOW));
});

test('a refusal is short, however much is wrong', () => {
  const members = Array.from({ length: 1000 }, () => ({
    displayName: 'x',
    recorder: 'y'.repeat(5000),
  }));
  const refused = () => checked(inputs.seedInput, { members }, 'the seed');
  expect(refused).toThrow(/; and 980 more$/);
  expect(refused).toThrow(/^.{1000,4000}$/);
  const keys = Object.fromEntries(members.map((_, n) => [`key-${n}`, 1]));
  expect(() => checked(eitherOf('text', []), keys, 'all')).toThrow(
    /^all: text is expected, not an object of key-0, .{0,60}…$/,
  );
});
