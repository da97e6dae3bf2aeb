import { describe, expect, it } from 'vitest';
import { eachTestWithStack, type Resources } from '../../../testing/orchestration-resources.ts';
import { managed, policies, role } from '../../../testing/orchestration-roles.ts';
import { ACCOUNT_ID } from '../../../testing/orchestration-sandbox.ts';

const { sandbox, create } = eachTestWithStack();

describe('ALIYUN::RAM::Role and ALIYUN::RAM::ManagedPolicy', () => {
  it.each<[string, () => Resources, string]>([
    [
      'a role that there is',
      () => {
        sandbox.world.identities.createRole(ACCOUNT_ID, 'onboarding', {
          Version: '1',
          Statement: [],
        });
        return { Role: role() };
      },
      'EntityAlreadyExists.Role',
    ],
    [
      'a policy for no role',
      () => ({ Policy: managed('x:*', { Roles: ['no'] }) }),
      'EntityNotExist.Role',
    ],
    [
      'a policy with a name of other characters',
      () => ({ Policy: managed('x:*', { PolicyName: 'to_write', Roles: [] }) }),
      'PolicyName: "to_write" does not match the pattern',
    ],
    [
      'an inline policy with a name of other characters',
      () => ({ Role: role(policies('x:*', 'to write')) }),
      'PolicyName: "to write" does not match the pattern',
    ],
    [
      'a policy of more than 6,144 characters',
      () => ({ Policy: managed(`x:${'a'.repeat(6144)}`, { Roles: [] }) }),
      'InvalidParameter.PolicyDocument.Length',
    ],
    [
      'a condition that is no map',
      () => ({
        Policy: managed('x:*', {
          Roles: [],
          PolicyDocument: {
            Version: '1',
            Statement: [
              { Effect: 'Allow', Action: ['x:*'], Resource: ['*'], Condition: { Bool: 'true' } },
            ],
          },
        }),
      }),
      'MalformedPolicyDocument',
    ],
    [
      'an action that is not in a list',
      () => ({
        Role: role({
          Policies: [
            {
              PolicyName: 'inline',
              PolicyDocument: {
                Version: '1',
                Statement: [{ Effect: 'Allow', Action: 'x:*', Resource: ['*'] }],
              },
            },
          ],
        }),
      }),
      'Statement[0].Action: Value must be a list',
    ],
    [
      'a condition that is not evaluated',
      () => ({
        Role: role({
          Policies: [
            {
              PolicyName: 'inline',
              PolicyDocument: {
                Version: '1',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: ['x:*'],
                    Resource: ['*'],
                    Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } },
                  },
                ],
              },
            },
          ],
        }),
      }),
      'SandboxUnsupportedPolicy',
    ],
    [
      'trust in another account',
      () => ({
        Role: role({
          AssumeRolePolicyDocument: {
            Version: '1',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { RAM: ['acs:ram::1:root'] },
              },
            ],
          },
        }),
      }),
      'Principal.RAM',
    ],
    ['system policies', () => ({ Role: role({ PolicyAttachments: {} }) }), 'PolicyAttachments'],
  ])('refuse %s', (_case, resources, message) => {
    const before = sandbox.orchestration.roles();
    expect(() => create(resources())).toThrow(message);
    expect(sandbox.orchestration.roles()).toEqual(before);
  });
});
