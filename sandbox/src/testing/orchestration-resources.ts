import { eachTest } from './each-test.ts';
import { RESOURCE_MS, startOrchestrationSandbox, template } from './orchestration-sandbox.ts';

export type Properties = Readonly<Record<string, unknown>>;

export type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties: Properties }>
>;

export const resource = (Type: string, Properties: Properties) => ({ Type, Properties });

export const PROJECT = resource('ALIYUN::SLS::Project', { Name: 'audit' });
export const LOGSTORE = { ProjectName: { Ref: 'Project' }, LogstoreName: 'results' };

/** A sandbox for each test, and a stack in it that consists of these resources. */
export function eachTestWithStack() {
  const sandbox = eachTest(startOrchestrationSandbox);

  const create = (Resources: Resources, Outputs = {}) =>
    sandbox.orchestration.createStack({
      name: 'onboarding',
      templateBody: template({ Resources, Outputs }),
    });

  let updates = 0;

  /** The status that the stack ends in. */
  async function update(stackId: string, Resources: Resources) {
    updates += 1;
    const { changeSetId } = await sandbox.ros().createChangeSet({
      stackId,
      changeSetName: `update-${updates}`,
      templateBody: template({ Resources }),
    });
    sandbox.world.clock.advance(RESOURCE_MS);
    await sandbox.ros().executeChangeSet(changeSetId);
    sandbox.world.clock.advance(RESOURCE_MS * 20);
    return (await sandbox.ros().getStack(stackId))?.status;
  }

  async function remove(stackId: string) {
    await sandbox.ros().deleteStack(stackId);
    sandbox.world.clock.advance(RESOURCE_MS * 20);
    return (await sandbox.ros().getStack(stackId))?.status;
  }

  return { sandbox, create, update, remove };
}
