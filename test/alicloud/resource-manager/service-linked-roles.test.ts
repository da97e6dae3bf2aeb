import { describe, expect, it, onTestFinished } from 'vitest';
import { createServiceLinkedRoles } from '../../../alicloud/resource-manager/service-linked-roles.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  json,
  type RawServer,
  startRawServer,
} from '../../support/adapters/server.ts';

const options = { timeoutMs: 5_000 };
const role = json({ RequestId: 'R', Role: { RoleName: 'AliyunServiceRoleForConfig' } });
const refusal = (code: string, status: number) =>
  json({ RequestId: 'R', Code: code, Message: `${code}.` }, status);

let server: RawServer;
async function connect(answer: Answer) {
  server = await startRawServer(answer);
  onTestFinished(() => server.close());
  return createServiceLinkedRoles({ endpoint: server.url, credentials });
}
const asked = () =>
  Object.fromEntries(new URL(server.seen[0]?.target ?? '', server.url).searchParams);

describe('whether a role exists', () => {
  it('is asked by its name', async () => {
    const roles = await connect(role);
    expect(await roles.exists('AliyunServiceRoleForConfig', options)).toBe(true);
    expect(asked()).toMatchObject({ RoleName: 'AliyunServiceRoleForConfig' });
  });

  it.each(['EntityNotExist.Role', 'EntityNotExists.Role'])('%s: it does not', async (code) => {
    const roles = await connect(refusal(code, 404));
    expect(await roles.exists('AliyunServiceRoleForConfig', options)).toBe(false);
  });

  it('can be refused', async () => {
    const roles = await connect(refusal('NoPermission', 403));
    const error = await cloudErrorOf(roles.exists('AliyunServiceRoleForConfig', options));
    expect(error).toMatchObject({ operation: 'GetRole', code: 'NoPermission' });
  });
});

describe('creating a role', () => {
  it('names the service', async () => {
    const roles = await connect(role);
    await roles.create('config.aliyuncs.com', options);
    expect(asked()).toMatchObject({ ServiceName: 'config.aliyuncs.com' });
  });

  it('one that exists is fine', async () => {
    const roles = await connect(refusal('EntityAlreadyExists.Role', 409));
    await roles.create('config.aliyuncs.com', options);
  });

  it('can be refused', async () => {
    const roles = await connect(refusal('NoPermission', 403));
    expect(await cloudErrorOf(roles.create('config.aliyuncs.com', options))).toMatchObject({
      operation: 'CreateServiceLinkedRole',
      code: 'NoPermission',
    });
  });
});
