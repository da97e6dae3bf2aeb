/** What the control interface answers of the services' state. */
import * as v from 'valibot';

export const atMs = v.pipe(
  v.number(),
  v.description('Milliseconds since 1970, on the sandbox’s clock'),
);
const texts = v.record(v.string(), v.string());

// What services add to these later is no break of the description.
export const delivery = v.object({
  atMs,
  ruleName: v.string(),
  eventId: v.string(),
  eventName: v.exactOptional(v.string()),
  status: v.picklist(['delivered', 'push-failed', 'dead-lettered', 'given-up', 'dropped']),
  attempt: v.pipe(v.number(), v.integer()),
  reason: v.exactOptional(v.string()),
});

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
      tags: v.record(v.string(), v.string()),
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

export const invocation = v.object({
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
});

const functions = v.object({
  functionNames: v.array(v.string()),
  invocations: v.array(invocation),
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

const access = v.strictObject({
  roles: v.array(
    v.object({
      name: v.string(),
      arn: v.string(),
      roleId: v.string(),
      trustedServices: v.array(v.string()),
      description: v.string(),
      maxSessionSeconds: v.number(),
      createdAtMs: atMs,
      updatedAtMs: atMs,
      serviceName: v.exactOptional(v.string()),
      attached: v.array(v.string()),
    }),
  ),
  policies: v.array(
    v.object({
      name: v.string(),
      document: v.record(v.string(), v.unknown()),
      description: v.string(),
      createdAtMs: atMs,
      updatedAtMs: atMs,
    }),
  ),
});

const rule = v.object({
  name: v.string(),
  arn: v.string(),
  description: v.string(),
  status: v.picklist(['DISABLE', 'ENABLE']),
  filterPattern: v.string(),
  targets: v.array(v.record(v.string(), v.unknown())),
  createdAtMs: atMs,
  modifiedAtMs: atMs,
});

export const state = v.strictObject({
  'access-management': access,
  config,
  'event-bridge': v.object({ rules: v.array(rule), deliveries: v.array(delivery) }),
  'function-compute': functions,
  'ignored-parameters': v.strictObject({
    parameters: v.array(
      v.strictObject({
        service: v.string(),
        operation: v.string(),
        parameter: v.string(),
        calls: v.pipe(v.number(), v.integer()),
      }),
    ),
  }),
  'log-service': logs,
  'message-service': queues,
  'object-storage': v.strictObject({
    objects: v.array(v.strictObject({ path: v.string(), bytes: v.pipe(v.number(), v.integer()) })),
  }),
  'resource-manager': directory,
  'resource-orchestration': stacks,
});

export const serviceState = v.union(Object.values(state.entries));
