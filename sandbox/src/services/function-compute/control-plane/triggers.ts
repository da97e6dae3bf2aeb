import type { Reader } from '../../../protocols/reader.ts';
import { functionComputeError } from '../errors.ts';
import { functionArn } from '../function-arn.ts';
import { type ControlOperation, type ControlPorts, isoTime, pageOf } from './operation.ts';

/** CreateTrigger, DeleteTrigger, GetTrigger, ListTriggers, UpdateTrigger: timers only. */
export function triggerOperations(ports: ControlPorts) {
  const { functions, triggers } = ports;
  const arnOf = (functionName: string) =>
    functionArn({ region: ports.world.region, accountId: ports.accountId }, functionName);

  const answer = (functionName: string, name: string) => {
    const { triggerId, description, configText, createdAtMs, modifiedAtMs } = triggers.get(
      functionName,
      name,
    );
    return {
      triggerId,
      triggerName: name,
      triggerType: 'timer',
      triggerConfig: configText,
      qualifier: 'LATEST',
      description,
      targetArn: arnOf(functionName),
      createdTime: isoTime(createdAtMs),
      lastModifiedTime: isoTime(modifiedAtMs),
    };
  };

  return {
    CreateTrigger: {
      action: 'CreateTrigger',
      resource: 'named later',
      handle(call) {
        const { name, type, configText, description } = call.body((body) => {
          body.require('triggerName', 'triggerType', 'triggerConfig', 'qualifier');
          body.only('qualifier', 'LATEST');
          body.text('invocationRole');
          body.text('sourceArn');
          const name = body.text('triggerName') ?? '';
          call.authorize('fc:CreateTrigger', `${arnOf(call.functionName)}/triggers/${name}`);
          return {
            name,
            type: body.text('triggerType') ?? '',
            configText: body.text('triggerConfig') ?? '',
            description: body.text('description') ?? '',
          };
        });
        functions.get(call.functionName);
        if (type === 'eventbridge') refuseEventTrigger();
        if (type !== 'timer') {
          throw functionComputeError(
            'InvalidArgument',
            `triggerType: '${type}' is not modelled by the sandbox, timer is`,
          );
        }
        triggers.createTimer(call.functionName, name, configText, description);
        return answer(call.functionName, name);
      },
    },
    UpdateTrigger: {
      action: 'UpdateTrigger',
      resource: 'inner',
      handle(call) {
        triggers.get(call.functionName, call.innerName);
        const changes = call.body(readChanges);
        triggers.updateTimer(call.functionName, call.innerName, changes);
        return answer(call.functionName, call.innerName);
      },
    },
    GetTrigger: {
      action: 'GetTrigger',
      resource: 'inner',
      handle: (call) => answer(call.functionName, call.innerName),
    },
    DeleteTrigger: {
      action: 'DeleteTrigger',
      resource: 'inner',
      handle(call) {
        triggers.remove(call.functionName, call.innerName);
        return undefined;
      },
    },
    ListTriggers: {
      action: 'ListTriggers',
      resource: 'function',
      query: ['limit', 'nextToken', 'prefix'],
      handle(call) {
        const names = [...functions.get(call.functionName).triggers.keys()];
        const page = pageOf(call, names, (name) => name);
        return {
          triggers: page.items.map((name) => answer(call.functionName, name)),
          nextToken: page.nextToken,
        };
      },
    },
  } as const satisfies Record<string, ControlOperation>;
}

function readChanges(body: Reader) {
  body.only('qualifier', 'LATEST');
  body.text('invocationRole');
  const configText = body.text('triggerConfig');
  const description = body.text('description');
  return {
    ...(configText === undefined ? {} : { configText }),
    ...(description === undefined ? {} : { description }),
  };
}

/** Measured: 403. The wording is ours; source of the rule: "Configure event triggers for Alibaba Cloud services". */
function refuseEventTrigger(): never {
  throw functionComputeError(
    'AccessDenied',
    'an event trigger for Alibaba Cloud services can not be created by this API: use an event rule of EventBridge',
  );
}
