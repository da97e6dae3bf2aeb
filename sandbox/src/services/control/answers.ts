/** What the control interface answers, for its description. A test holds it against real answers. */
import * as v from 'valibot';
import { ACTIVATABLE } from '../../world/activation.ts';
import { SERVICE_NAMES } from '../names.ts';
import { faultEntries, seedInput } from './inputs.ts';

const time = v.pipe(v.string(), v.isoTimestamp());
const atMs = v.pipe(v.number(), v.description('Milliseconds since 1970, on the sandbox’s clock'));
const texts = v.record(v.string(), v.string());

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

// What services add to these later is no break of the description.
const delivery = v.object({
  atMs,
  ruleName: v.string(),
  eventId: v.string(),
  eventName: v.exactOptional(v.string()),
  status: v.picklist(['delivered', 'push-failed', 'dead-lettered', 'given-up', 'dropped']),
  attempt: v.pipe(v.number(), v.integer()),
  reason: v.exactOptional(v.string()),
});

export const deliveries = v.strictObject({ deliveries: v.array(delivery), next });

const recorderStatus = v.picklist(['REGISTRABLE', 'BUILDING', 'REGISTERED', 'REBUILDING']);

const config = v.strictObject({
  organization: v.strictObject({
    status: v.picklist(['REGISTRABLE', 'BUILDING', 'REGISTERED']),
    registeredAtMs: v.exactOptional(atMs),
    initializingUntilMs: v.exactOptional(atMs),
  }),
  group: v.exactOptional(
    v.strictObject({
      aggregatorId: v.string(),
      aggregatorName: v.string(),
      ownerAccountId: v.string(),
      createdAtMs: atMs,
      normalAtMs: atMs,
      status: v.picklist([0, 1]),
      accountIds: v.array(v.string()),
    }),
  ),
  recorders: v.record(
    v.string(),
    v.strictObject({
      status: recorderStatus,
      registeredAtMs: v.exactOptional(atMs),
      rebuilding: v.exactOptional(v.boolean()),
    }),
  ),
  held: v.record(v.string(), recorderStatus),
  joining: v.array(v.strictObject({ accountId: v.string(), atMs })),
});

const directory = v.strictObject({
  resourceDirectoryId: v.string(),
  rootFolderId: v.string(),
  createdAtMs: atMs,
  accounts: v.array(
    v.strictObject({
      accountId: v.string(),
      displayName: v.string(),
      folderId: v.string(),
      joinMethod: v.picklist(['created', 'invited']),
      joinedAtMs: atMs,
      modifiedAtMs: atMs,
      status: v.string(),
      type: v.picklist(['ResourceAccount', 'CloudAccount']),
    }),
  ),
  folders: v.array(
    v.strictObject({
      folderId: v.string(),
      name: v.string(),
      parentId: v.exactOptional(v.string()),
      createdAtMs: atMs,
    }),
  ),
  handshakes: v.array(
    v.strictObject({
      handshakeId: v.string(),
      targetAccountId: v.string(),
      note: v.string(),
      status: v.picklist(['Pending', 'Accepted']),
      createdAtMs: atMs,
      modifiedAtMs: atMs,
      expiresAtMs: atMs,
    }),
  ),
});

const logs = v.strictObject({
  projects: v.array(
    v.object({
      name: v.string(),
      description: v.string(),
      logstores: v.array(
        v.object({
          name: v.string(),
          ttlDays: v.number(),
          shardCount: v.number(),
          autoSplit: v.boolean(),
          maxSplitShard: v.number(),
          index: v.exactOptional(v.record(v.string(), v.unknown())),
          entries: v.array(
            v.object({
              timeS: v.pipe(v.number(), v.description('Seconds since 1970')),
              source: v.string(),
              topic: v.string(),
              contents: texts,
            }),
          ),
        }),
      ),
    }),
  ),
});

const functions = v.object({
  functionNames: v.array(v.string()),
  invocations: v.array(
    v.object({
      requestId: v.string(),
      functionName: v.string(),
      attempt: v.number(),
      mode: v.picklist(['sync', 'async']),
      status: v.picklist(['succeeded', 'failed', 'timed-out', 'killed', 'throttled']),
      errorType: v.exactOptional(v.string()),
      errorName: v.exactOptional(v.string()),
      errorMessage: v.exactOptional(v.string()),
      payload: v.string(),
      result: v.string(),
      durationMs: v.number(),
      startedAtMs: atMs,
      instanceId: v.exactOptional(v.string()),
      stdout: v.array(v.string()),
      stderr: v.array(v.string()),
    }),
  ),
  lostRecords: v.array(v.record(v.string(), v.unknown())),
});

const queues = v.strictObject({
  queues: v.array(
    v.strictObject({
      name: v.string(),
      messages: v.array(
        v.strictObject({ messageId: v.string(), body: v.string(), sentAtMs: atMs }),
      ),
    }),
  ),
});

const named = v.array(v.looseObject({ name: v.string() }));

const stacks = v.object({
  stacks: v.array(
    v.object({
      stackId: v.string(),
      name: v.string(),
      status: v.string(),
      statusReason: v.string(),
      outputs: v.record(v.string(), v.unknown()),
      resources: texts,
    }),
  ),
  roles: v.array(
    v.object({
      name: v.string(),
      arn: v.string(),
      roleId: v.string(),
      trustedServices: v.array(v.string()),
    }),
  ),
  dashboards: named,
  alerts: named,
  flows: named,
});

export const state = v.strictObject({
  config,
  'event-bridge': v.object({ deliveries: v.array(delivery) }),
  'function-compute': functions,
  'log-service': logs,
  'message-service': queues,
  'resource-manager': directory,
  'resource-orchestration': stacks,
});

export const serviceState = v.union(Object.values(state.entries));
