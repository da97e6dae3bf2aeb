import { describe, expect, it } from 'vitest';
import {
  eachTestWithStack,
  type Properties,
  type Resources,
  resource,
} from '../../../testing/orchestration-resources.ts';
import { ACCOUNT_ID } from '../../../testing/orchestration-sandbox.ts';

const { sandbox, create, update, remove } = eachTestWithStack();

describe('ALIYUN::FNF::Flow', () => {
  const definition = (change: Properties = {}) =>
    JSON.stringify({
      Type: 'StateMachine',
      SpecVersion: 'v1',
      Name: 'onboarding',
      StartAt: 'Done',
      States: [{ Type: 'Succeed', Name: 'Done' }],
      ...change,
    });
  const trust = (service: string) => ({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } }],
  });
  const flow = (properties: Properties = {}, trusted = 'fnf.aliyuncs.com') => ({
    Role: resource('ALIYUN::RAM::Role', {
      RoleName: 'flow',
      AssumeRolePolicyDocument: trust(trusted),
    }),
    Flow: resource('ALIYUN::FNF::Flow', {
      Name: 'onboarding',
      Definition: definition(),
      ExecutionMode: 'Standard',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ...properties,
    }),
  });

  it('is kept as it is, changed, and deleted', async () => {
    const { stackId } = create(flow());
    expect(sandbox.orchestration.flows()).toEqual([
      {
        id: expect.any(String),
        name: 'onboarding',
        createdAtMs: expect.any(Number),
        modifiedAtMs: expect.any(Number),
        definition: definition(),
        description: undefined,
        roleArn: `acs:ram::${ACCOUNT_ID}:role/flow`,
        executionMode: 'Standard',
      },
    ]);
    const next = definition({ Description: 'new' });
    expect(await update(stackId, flow({ Definition: next }))).toBe('UPDATE_COMPLETE');
    expect(sandbox.orchestration.flows()).toMatchObject([{ definition: next }]);
    const express = flow({ Definition: next, ExecutionMode: 'Express' });
    expect(await update(stackId, express)).toBe('ROLLBACK_COMPLETE');
    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.orchestration.flows()).toEqual([]);
  });

  it.each<[string, Resources, string]>([
    [
      'a definition with a mistake',
      flow({ Definition: definition({ StartAt: 'Begin' }) }),
      'SandboxFlowDefinition: The definition is wrong, or more than the sandbox models. StartAt: there is no state Begin',
    ],
    ['a definition that is no YAML', flow({ Definition: '{' }), 'SandboxFlowDefinition'],
    ['another name', flow({ Name: 'other' }), "Its Name is onboarding, and the flow's is other."],
    [
      'a role that there is not',
      flow({ RoleArn: `acs:ram::${ACCOUNT_ID}:role/none` }),
      `SandboxFlowRole: CloudFlow could not assume the role. There is no role acs:ram::${ACCOUNT_ID}:role/none.`,
    ],
    ['a role that trusts another', flow({}, 'fc.aliyuncs.com'), 'does not trust fnf.aliyuncs.com'],
    [
      'another mode',
      flow({ ExecutionMode: 'Fast' }),
      'is not an allowed value (Express, Standard)',
    ],
  ])('refuses %s', (_case, resources, message) => {
    expect(() => create(resources)).toThrow(message);
    expect(sandbox.orchestration.flows()).toEqual([]);
  });

  it('takes a role that no stack made, whomever it trusts', () => {
    sandbox.world.identities.createRole(ACCOUNT_ID, 'by-hand', { Version: '1', Statement: [] });
    create(flow({ RoleArn: `acs:ram::${ACCOUNT_ID}:role/by-hand` }));
    expect(sandbox.orchestration.flows()).toHaveLength(1);
  });

  it.each<[string, Resources]>([
    ['a mistake in its definition', flow({ Definition: definition({ StartAt: 'Begin' }) })],
    ['a role that there is not', flow({ RoleArn: `acs:ram::${ACCOUNT_ID}:role/none` })],
  ])('is not changed to %s', async (_case, resources) => {
    const { stackId } = create(flow());
    expect(await update(stackId, resources)).toBe('ROLLBACK_COMPLETE');
    expect(sandbox.orchestration.flows()).toMatchObject([{ definition: definition() }]);
  });
});
