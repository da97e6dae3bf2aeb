import type { Examination } from '../../cli/doctor/examine.ts';
import { EXIT, type ExitCode } from '../../cli/exit-codes.ts';
import { type DeployPorts, exitCodeOfRefusal } from './ports.ts';
import { said } from './texts.ts';

/**
 * Removes the event path, the functions and their triggers, each whatever became of the others, and
 * looks up what is left: Serverless Devs ends with 0 even when every deletion was refused. What they
 * stand on stays. Safe to repeat.
 */
export async function removeAll(ports: DeployPorts): Promise<ExitCode> {
  const { output } = ports;
  const before = await ports.look();
  const there = await whatIsLeft(before);
  if (there.length === 0) {
    output.line(said.removal.nothing);
    // A stack that lost its rule is still one.
    return ports.onboard('setup', '--event-rule', '--remove') as Promise<ExitCode>;
  }
  output.line(said.removal.there);
  for (const what of there) output.line(`  ${what}`);
  if (!(await ports.isWanted())) {
    output.line(said.notRemoved);
    return exitCodeOfRefusal(ports);
  }

  output.line(said.stage(said.stages.eventPath));
  const codes = [await ports.onboard('setup', '--event-rule', '--remove')];
  output.line(said.stage(said.stages.functions));
  codes.push(await ports.functions.remove(await before.inspection.managementAccountId()));

  const left = await whatIsLeft(await ports.look());
  if (left.length > 0) {
    output.note(said.removal.left(left.join(', ')));
    output.note(said.permissions);
    return EXIT.ERROR;
  }
  if (codes.some((code) => code !== 0)) return EXIT.ERROR;
  output.line(said.removal.done);
  return EXIT.ALL_COVERED;
}

/** By looking each of them up. Rejects with a `CloudError` where one can't be. */
async function whatIsLeft({ inspection, deployment }: Examination): Promise<string[]> {
  const { function: aFunction, trigger: aTrigger, eventRule } = said.removal;
  const left: string[] = [];
  for (const { name, triggers } of deployment.functions(await inspection.managementAccountId())) {
    if ((await inspection.function(name)) !== undefined) left.push(aFunction(name));
    for (const { name: triggerName } of triggers) {
      const found = await inspection.trigger(name, triggerName);
      if (found !== undefined) left.push(aTrigger(triggerName, name));
    }
  }
  const { bus, name } = deployment.eventRule;
  return (await inspection.eventRule(bus, name)) === undefined ? left : [...left, eventRule(name)];
}
