import type { RetryReads } from '../../alicloud/retry-reads.ts';
import type { Clock } from '../../workflows/onboarding/ports.ts';
import { readPolicies, withRetries } from '../../workflows/onboarding/retry.ts';
import type { CommandContext } from '../command.ts';
import { unlessInterrupted } from '../errors.ts';
import type { Operator } from '../operator.ts';
import { checksOf } from './all-checks.ts';
import { type Deployment, readDeployment } from './deployment.ts';
import type { Inspection } from './inspection.ts';
import { type CheckLimits, type CheckResult, runChecks } from './run-checks.ts';

/** All is said within 15 s, whatever hangs. */
const LIMITS: CheckLimits = { checkMs: 10_000, totalMs: 14_000 };
/** Of one read and its repetitions: less than a check has, so that it is the read that is named. */
const READ_MS = 9_000;

/** A look at what is deployed. */
export interface Examination {
  readonly results: readonly CheckResult[];
  readonly region: string;
  /** What the checks were made of; each thing is read once. */
  readonly inspection: Inspection;
  /** What it was held against. */
  readonly deployment: Deployment;
}

export interface ExaminationContext
  extends Pick<CommandContext, 'interrupted' | 'operator' | 'output' | 'texts'> {
  /** What the folders of code are in. Default: this version's. */
  readonly buildFolder?: string;
}

/** Makes every check, reading everything anew and changing nothing. */
export async function examineDeployment({
  operator,
  output,
  interrupted,
  texts,
  buildFolder,
}: ExaminationContext): Promise<Examination> {
  const { clock } = operator;
  const [region, { expectedAccountId, variables }] = await Promise.all([
    operator.region(),
    operator.deploymentSettings(),
  ]);
  const deployment = await readDeployment(variables, buildFolder);
  const inspection = await operator.inspection(await readsWithin(operator, clock));
  const checks = checksOf(deployment);
  const context = {
    inspection,
    deployment,
    texts,
    region,
    expectedAccountId,
    nowMs: clock.now(),
  };
  const results = await unlessInterrupted(
    runChecks(checks, context, LIMITS, (made) =>
      output.progress(texts.doctor.checking, texts.doctor.progress(made, checks.length)),
    ),
    interrupted,
  );
  output.endProgress();
  return { results, region, inspection, deployment };
}

/** The workflow's retry policies, for reads that have less than a check has. */
async function readsWithin({ settings, random }: Operator, clock: Clock): Promise<RetryReads> {
  const policies = readPolicies((await settings()).retry);
  return (read) =>
    withRetries(read, { policies, clock, random, deadlineMs: clock.now() + READ_MS });
}
