import { join } from 'node:path';
import { componentOperations, zipFolder } from './component-operations.ts';

/** What Serverless Devs hands over of a resource, as far as it is used here. */
interface Inputs {
  readonly cwd: string;
  readonly props: Parameters<
    ReturnType<typeof componentOperations>['deploy']
  >[0]['resources'][string]['props'];
  getCredential(): Promise<{
    readonly AccountID: string;
    readonly AccessKeyID: string;
    readonly AccessKeySecret: string;
  }>;
}

/** In the place of the component fc3: the same operations, in the same order. */
export default class Component {
  async deploy(inputs: Inputs): Promise<void> {
    const { operations, file } = await prepare(inputs);
    await operations.deploy(file, (folder) => zipFolder(join(inputs.cwd, folder)));
  }

  async remove(inputs: Inputs): Promise<void> {
    const { operations, file } = await prepare(inputs);
    await operations.remove(file, (refusal) => process.stdout.write(`${refusal.message}\n`));
  }
}

async function prepare({ props, getCredential }: Inputs) {
  const { AccountID: accountId, AccessKeyID, AccessKeySecret } = await getCredential();
  const at = {
    accountId,
    region: process.env.REGION ?? 'cn-hangzhou',
    endpoint: process.env.FC_CLIENT_CUSTOM_ENDPOINT ?? '',
  };
  const credentials = { accessKeyId: AccessKeyID, accessKeySecret: AccessKeySecret };
  return {
    operations: componentOperations(at, credentials),
    file: { resources: { one: { props } } },
  };
}
