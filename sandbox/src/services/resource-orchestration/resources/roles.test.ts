import { describe, expect, it } from 'vitest';
import { eachTestWithStack, resource } from '../../../testing/orchestration-resources.ts';
import { ARN, managed, policies, role, TRUST } from '../../../testing/orchestration-roles.ts';
import { ACCOUNT_ID, template } from '../../../testing/orchestration-sandbox.ts';

const { sandbox, create, update, remove } = eachTestWithStack();

describe('ALIYUN::RAM::Role and ALIYUN::RAM::ManagedPolicy', () => {
  function allows(action: string) {
    const { accessKeyId, securityToken } = sandbox.world.identities.assumeRole(ARN, 60_000);
    const found = sandbox.world.identities.find(accessKeyId, securityToken);
    return found.kind === 'found' && found.caller.allows(action, 'acs:x:y');
  }

  it('together say what the role may do', async () => {
    const { stackId, outputs } = create(
      { Policy: managed('mns:*'), Role: role(policies('config:*')) },
      {
        Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        Id: { Value: { 'Fn::GetAtt': ['Role', 'RoleId'] } },
      },
    );
    expect(outputs).toMatchObject({ Arn: ARN, Id: expect.stringMatching(/^3\d{17}$/) });
    expect(sandbox.orchestration.roles()).toMatchObject([
      { name: 'Onboarding', arn: ARN, trustedServices: ['fc.aliyuncs.com'] },
    ]);
    expect(['config:GetAggregator', 'mns:SendMessage', 'log:PostLogStoreLogs'].map(allows)).toEqual(
      [true, true, false],
    );

    const next = { Policy: managed('mns:SendMessage'), Role: role(policies('log:*', 'other')) };
    expect(await update(stackId, next)).toBe('UPDATE_COMPLETE');
    expect(
      ['config:GetAggregator', 'mns:SendMessage', 'mns:DeleteQueue', 'log:PostLogStoreLogs'].map(
        allows,
      ),
    ).toEqual([false, true, false, true]);

    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.world.identities.hasRole(ACCOUNT_ID, 'onboarding')).toBe(false);
    create(next);
  });

  it('trust other services after an update', async () => {
    const { stackId } = create({ Role: role() });
    const [statement] = TRUST.Statement;
    const next = {
      ...TRUST,
      Statement: [{ ...statement, Principal: { Service: ['eventbridge.aliyuncs.com'] } }],
    };
    await update(stackId, { Role: role({ AssumeRolePolicyDocument: next }) });
    expect(sandbox.orchestration.roles()).toMatchObject([
      { trustedServices: ['eventbridge.aliyuncs.com'] },
    ]);
  });

  it('an update that fails halfway leaves the role as it was', async () => {
    const { stackId } = create({
      Role: role(policies('config:*')),
      Policy: managed('mns:*', { Roles: [] }),
    });
    // The policy's name is taken by the managed one.
    const next = {
      Role: role(policies('log:*', 'managed')),
      Policy: managed('mns:*', { Roles: [] }),
    };
    expect(await update(stackId, next)).toBe('ROLLBACK_COMPLETE');
    expect(['config:GetAggregator', 'log:PostLogStoreLogs'].map(allows)).toEqual([true, false]);
  });

  it('a deletion that is refused creates again what was deleted before it', async () => {
    const queue = resource('ALIYUN::MNS::Queue', { QueueName: 'failures' });
    // The policy stays, so the role that has it can't be deleted.
    const kept = { ...managed('mns:*'), DeletionPolicy: 'Retain' };
    const { stackId } = create({ Role: role(), Policy: kept, Queue: queue });
    sandbox.messageService.send('failures', 'one');
    expect(await update(stackId, {})).toBe('ROLLBACK_COMPLETE');
    const failed = await sandbox.ros().listStackEvents(stackId, { status: ['DELETE_FAILED'] });
    expect(failed?.events).toMatchObject([
      {
        logicalResourceId: 'Role',
        statusReason: expect.stringContaining('DeleteConflict.Role.Policy'),
      },
    ]);
    expect(allows('mns:SendMessage')).toBe(true);
    // It is another queue: what was in the deleted one is lost.
    expect(sandbox.messageService.messages('failures')).toEqual([]);
  });

  it('that fail halfway leave nothing behind', () => {
    const Policy = managed('mns:*', { Roles: [] });
    sandbox.orchestration.createStack({
      name: 'first',
      templateBody: template({ Resources: { Policy } }),
    });
    // The second policy's name is taken by the managed one.
    const [inline] = policies('config:*').Policies;
    const [taken] = policies('log:*', 'managed').Policies;
    expect(() => create({ Role: role({ Policies: [inline, taken] }) })).toThrow(
      'EntityAlreadyExists.Policy',
    );
    expect(sandbox.world.identities.hasRole(ACCOUNT_ID, 'onboarding')).toBe(false);

    const other = { PolicyName: 'other' };
    const Role = { ...role(), DeletionPolicy: 'Retain' };
    const Other = managed('x:*', { ...other, Roles: [{ Ref: 'Role' }, 'no'] });
    expect(() =>
      sandbox.orchestration.createStack({
        name: 'second',
        templateBody: template({ Resources: { Role, Other } }),
      }),
    ).toThrow('EntityNotExist.Role');
    expect(allows('x:y')).toBe(false);
    sandbox.orchestration.createStack({
      name: 'third',
      templateBody: template({
        Resources: { Other: managed('x:*', { ...other, Roles: ['Onboarding'] }) },
      }),
    });
    expect(allows('x:y')).toBe(true);
  });
});
