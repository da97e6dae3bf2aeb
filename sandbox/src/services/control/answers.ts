/** What the control interface answers, for its description. A test holds it against real answers. */
import * as v from 'valibot';
import { ACTIVATABLE } from '../../world/activation.ts';
import { SERVICE_NAMES } from '../names.ts';
import { faultEntries, seedInput } from './inputs.ts';
import { atMs, delivery } from './state-answers.ts';

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

export const journal = v.strictObject({
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
