import { $OpenApiUtil } from '@alicloud/openapi-core';
import ram, {
  GetPolicyRequest,
  GetRoleRequest,
  ListPoliciesForRoleRequest,
  ListRolesRequest,
} from '@alicloud/ram20150501';
import {
  CreateServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleRequest,
  GetServiceLinkedRoleDeletionStatusRequest,
  ListRolesRequest as ListAllRolesRequest,
  GetRoleRequest as LookUpRoleRequest,
} from '@alicloud/resourcemanager20200331';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MANAGEMENT_ACCOUNT_ID, startRpcSandbox } from '../../testing/rpc-sandbox.ts';
import { unwrapDefault } from '../../testing/unwrap-default.ts';
import type { Credentials, PolicyStatement } from '../../world/identities.ts';
import { SERVICE_LINKED_ROLES } from './service-linked-roles.ts';

let sandbox: Awaited<ReturnType<typeof startRpcSandbox>>;

beforeEach(async () => {
  sandbox = await startRpcSandbox();
});

afterEach(() => sandbox.close());

const RamClient = unwrapDefault(ram);

const ramAs = (credentials: Credentials = sandbox.root) =>
  new RamClient(
    new $OpenApiUtil.Config({
      ...credentials,
      endpoint: `127.0.0.1:${sandbox.server.port}`,
      protocol: 'HTTP',
    }),
  );

function keyOf(...statements: PolicyStatement[]): Credentials {
  sandbox.world.identities.createRole(MANAGEMENT_ACCOUNT_ID, 'operator', {
    Version: '1',
    Statement: statements,
  });
  return sandbox.world.identities.assumeRole(
    `acs:ram::${MANAGEMENT_ACCOUNT_ID}:role/operator`,
    3_600_000,
  );
}

const NOBODY: PolicyStatement = { Effect: 'Allow', Action: 'ram:Nothing', Resource: '*' };

const DOCUMENT = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: ['log:GetLogStoreLogs'], Resource: ['*'] }],
} as const;

describe('what a role is and may do', () => {
  beforeEach(() => {
    sandbox.access.createRole('onboarding', ['fc.aliyuncs.com'], { description: 'Looks' });
    sandbox.access.createPolicy('reads', DOCUMENT, 'Reads results');
    sandbox.access.attach('reads', 'onboarding');
  });

  it('is shown: the role with its trust, its policies, and their documents', async () => {
    const { body } = await ramAs().getRole(new GetRoleRequest({ roleName: 'onboarding' }));
    expect(body?.role).toMatchObject({
      roleName: 'onboarding',
      arn: `acs:ram::${MANAGEMENT_ACCOUNT_ID}:role/onboarding`,
      description: 'Looks',
      maxSessionDuration: 3600,
    });
    expect(JSON.parse(body?.role?.assumeRolePolicyDocument ?? '')).toEqual({
      Version: '1',
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: ['fc.aliyuncs.com'] },
        },
      ],
    });
    const attached = await ramAs().listPoliciesForRole(
      new ListPoliciesForRoleRequest({ roleName: 'onboarding' }),
    );
    expect(attached.body?.policies?.policy).toMatchObject([
      { policyName: 'reads', policyType: 'Custom' },
    ]);
    const policy = await ramAs().getPolicy(
      new GetPolicyRequest({ policyName: 'reads', policyType: 'Custom' }),
    );
    expect(policy.body?.policy).toMatchObject({ attachmentCount: 1, description: 'Reads results' });
    expect(JSON.parse(policy.body?.defaultPolicyVersion?.policyDocument ?? '')).toEqual(DOCUMENT);
  });

  it('is missing under another name', async () => {
    await expect(ramAs().getRole(new GetRoleRequest({ roleName: 'other' }))).rejects.toMatchObject({
      statusCode: 404,
      code: 'EntityNotExist.Role',
    });
    await expect(
      ramAs().getPolicy(new GetPolicyRequest({ policyName: 'other', policyType: 'Custom' })),
    ).rejects.toMatchObject({ statusCode: 404, code: 'EntityNotExist.Policy' });
  });

  it('is listed, page by page', async () => {
    sandbox.access.createRole('another', ['fc.aliyuncs.com']);
    const first = await ramAs().listRoles(new ListRolesRequest({ maxItems: 1 }));
    expect(first.body).toMatchObject({ isTruncated: true, marker: 'onboarding' });
    const rest = await ramAs().listRoles(new ListRolesRequest({ marker: 'onboarding' }));
    expect(rest.body?.roles?.role).toMatchObject([{ roleName: 'onboarding' }]);
  });

  it.each([
    ['ram:GetRole', () => new GetRoleRequest({ roleName: 'onboarding' }), 'getRole'],
    ['ram:ListRoles', () => new ListRolesRequest({}), 'listRoles'],
    [
      'ram:GetPolicy',
      () => new GetPolicyRequest({ policyName: 'reads', policyType: 'Custom' }),
      'getPolicy',
    ],
    [
      'ram:ListPoliciesForRole',
      () => new ListPoliciesForRoleRequest({ roleName: 'onboarding' }),
      'listPoliciesForRole',
    ],
  ] as const)(
    'is for those who have %s, which the refusal names',
    async (action, request, method) => {
      const call = (key: Credentials) => {
        const client = ramAs(key);
        const calls: Record<string, (given: never) => Promise<unknown>> = {
          getRole: (given) => client.getRole(given),
          listRoles: (given) => client.listRoles(given),
          getPolicy: (given) => client.getPolicy(given),
          listPoliciesForRole: (given) => client.listPoliciesForRole(given),
        };
        return calls[method]?.(request() as never);
      };
      await expect(call(keyOf(NOBODY))).rejects.toMatchObject({
        statusCode: 403,
        code: 'NoPermission',
        accessDeniedDetail: { AuthAction: action },
      });
      await call(keyOf({ Effect: 'Allow', Action: action, Resource: '*' }));
    },
  );
});

describe('a service-linked role', () => {
  const { serviceName, roleName } = SERVICE_LINKED_ROLES.sendToFunctions;
  const create = (name = serviceName as string, key?: Credentials) =>
    sandbox
      .openApi(key)
      .createServiceLinkedRole(new CreateServiceLinkedRoleRequest({ serviceName: name }));

  it('is there once it was created, and not created twice', async () => {
    const lookUp = () => sandbox.openApi().getRole(new LookUpRoleRequest({ roleName }));
    await expect(lookUp()).rejects.toMatchObject({ statusCode: 404, code: 'EntityNotExist.Role' });
    const { body } = await create();
    expect(body?.role).toMatchObject({ roleName, isServiceLinkedRole: true });
    expect(body?.role?.assumeRolePolicyDocument).toContain(serviceName);
    expect((await lookUp()).body?.role).toMatchObject({ roleName, isServiceLinkedRole: true });
    const list = await sandbox.openApi().listRoles(new ListAllRolesRequest({}));
    expect(list.body).toMatchObject({ totalCount: 1 });
    await expect(create()).rejects.toMatchObject({
      statusCode: 409,
      code: 'EntityAlreadyExists.Role',
    });
  });

  it('of a service that has none here is refused', async () => {
    await expect(create('polardb.aliyuncs.com')).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidParameter.ServiceName',
    });
  });

  it('is deleted in a task; another role is not', async () => {
    await create();
    sandbox.access.createRole('onboarding', ['fc.aliyuncs.com']);
    const remove = (name: string) =>
      sandbox
        .openApi()
        .deleteServiceLinkedRole(new DeleteServiceLinkedRoleRequest({ roleName: name }));
    await expect(remove('onboarding')).rejects.toMatchObject({ statusCode: 400 });
    const { body } = await remove(roleName);
    const status = await sandbox.openApi().getServiceLinkedRoleDeletionStatus(
      new GetServiceLinkedRoleDeletionStatusRequest({
        deletionTaskId: body?.deletionTaskId ?? '',
      }),
    );
    expect(status.body).toMatchObject({ status: 'SUCCEEDED' });
    expect(sandbox.access.hasServiceLinkedRole(SERVICE_LINKED_ROLES.sendToFunctions)).toBe(false);
    await create();
  });

  it('is created by who may for this service', async () => {
    const allowedFor = (name: string) =>
      keyOf({
        Effect: 'Allow',
        Action: 'ram:CreateServiceLinkedRole',
        Resource: '*',
        Condition: { StringEquals: { 'ram:ServiceName': name } },
      });
    await expect(create(serviceName, allowedFor('config.aliyuncs.com'))).rejects.toMatchObject({
      statusCode: 403,
      code: 'NoPermission',
      accessDeniedDetail: { AuthAction: 'ram:CreateServiceLinkedRole' },
    });
    await create(serviceName, allowedFor(serviceName));
  });
});
