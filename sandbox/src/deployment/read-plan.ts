import { type Reader, readObject } from '../protocols/reader.ts';
import type { DeploymentPlan, PlannedFunction, PreDeployCommand, ReadOptions } from './plan.ts';
import { readFunction } from './read-function.ts';

/** What `s preview -o json` prints, as a plan. Notes every problem; the plan counts without any. */
export function readPlan(
  rendered: unknown,
  options: ReadOptions,
  problems: string[],
): DeploymentPlan {
  const file = readObject(rendered, '', problems);
  file.require('edition', 'resources');
  file.only('edition', '3.0.0');
  // Whose account it is and what it is called change nothing here; variables are already filled in.
  file.text('name');
  file.text('access');
  file.anything('vars');
  const resources = file.object('resources');
  file.finish();
  const functions =
    resources?.keys().flatMap((name) => {
      const resource = resources.object(name);
      return resource === undefined ? [] : [readResource(resource, options)];
    }) ?? [];
  const names = functions.map(({ config }) => config.name);
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index))) {
    problems.push(`resources: more than one function is called '${name}'`);
  }
  return { functions };
}

function readResource(resource: Reader, options: ReadOptions): PlannedFunction {
  resource.require('component', 'props');
  resource.only('component', 'fc3');
  const preDeploy = readActions(resource.object('actions'));
  const props = resource.object('props') ?? readObject({}, `${resource.path}.props`, []);
  resource.finish();
  return { path: resource.path, preDeploy, ...readFunction(props, options) };
}

/** Of the actions only commands before a deployment. */
function readActions(actions: Reader | undefined): PreDeployCommand[] {
  const steps = actions?.list('pre-deploy') ?? [];
  actions?.finish();
  return steps.map((step) => {
    step.require('run');
    const command = { run: step.text('run') ?? '', path: step.text('path') ?? './' };
    step.finish();
    return command;
  });
}
