/** What the control interface answers, for its description. A test holds it against real answers. */
import * as v from 'valibot';
import { ACTIVATABLE } from '../../world/activation.ts';
import { SERVICE_NAMES } from '../names.ts';
import { faultEntries, seedInput } from './inputs.ts';
import { atMs, delivery, invocation } from './state-answers.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

export const nothing = v.strictObject({});

export const problem = v.strictObject({ code: v.string(), message: v.string() });

export const health = v.strictObject({
  status: v.literal('ok'),
  version: v.string(),
  endpoint: v.string(),
  region: v.string(),
  managementAccountId: v.string(),
  services: v.array(v.picklist(SERVICE_NAMES)),
  now: time,
});

export const clock = v.strictObject({ now: time, nowMs: atMs, speed: v.number() });

export const seed = seedInput;

export const credentials = v.strictObject({
  accountId: v.string(),
  accessKeyId: v.string(),
  accessKeySecret: v.string(),
});

export const addedFault = v.strictObject({ id: v.string() });

export const faults = v.strictObject({
  faults: v.array(
    v.strictObject({ id: v.string(), ...faultEntries, hits: v.pipe(v.number(), v.integer()) }),
  ),
});

export const quotas = v.strictObject({
  enabled: v.boolean(),
  operations: v.array(
    v.strictObject({ service: v.string(), operation: v.string(), enabled: v.boolean() }),
  ),
});

export const activation = v.strictObject({ notActivated: v.array(v.picklist(ACTIVATABLE)) });

const next = v.pipe(
  v.number(),
  v.integer(),
  v.description('Give it as `after` to read what comes then'),
);

const check = v.strictObject({
  what: v.picklist(['signature', 'activation', 'quota', 'fault', 'permission']),
  passed: v.boolean(),
  detail: v.exactOptional(v.string()),
});

export const journal = v.strictObject({
  id: v.pipe(v.string(), v.description('Another one after a reset: the numbers begin at 1 again')),
  entries: v.array(
    v.strictObject({
      number: v.pipe(v.number(), v.integer()),
      atMs,
      service: v.string(),
      operation: v.string(),
      apiVersion: v.string(),
      accountId: v.exactOptional(v.string()),
      requestId: v.string(),
      status: v.exactOptional(v.pipe(v.number(), v.integer())),
      errorCode: v.exactOptional(v.string()),
      checked: v.array(check),
    }),
  ),
  next,
  oldest: v.pipe(
    v.number(),
    v.integer(),
    v.description('The number of the oldest entry that is kept; those before it are forgotten'),
  ),
});

export const deliveries = v.strictObject({ deliveries: v.array(delivery), next });

export const operations = v.strictObject({
  services: v.array(
    v.strictObject({
      service: v.string(),
      operations: v.array(v.string()),
      codes: v.array(v.string()),
    }),
  ),
});

export const calledBack = v.strictObject({
  delivery: v.pipe(
    v.picklist(['whole', 'cut-body', 'reset', 'hang']),
    v.description('What a fault makes of the answer; `whole` without one'),
  ),
  status: v.exactOptional(v.pipe(v.number(), v.integer())),
  body: v.exactOptional(v.string()),
});

export const invocations = v.strictObject({
  functionNames: v.array(v.string()),
  invocations: v.array(invocation),
  next,
});
