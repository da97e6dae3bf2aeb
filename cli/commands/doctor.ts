import type { RetryReads } from '../../alicloud/retry-reads.ts';
import type { Clock } from '../../workflows/onboarding/ports.ts';
import { readPolicies, withRetries } from '../../workflows/onboarding/retry.ts';
import { defineCommand } from '../command.ts';
import type { CheckLimits, CheckResult } from '../doctor/run-checks.ts';
import { unlessInterrupted } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Operator } from '../operator.ts';

/** All is said within 15 s, whatever hangs. */
const LIMITS: CheckLimits = { checkMs: 10_000, totalMs: 14_000 };
/** Of one read and its repetitions: less than a check has, so that it is the read that is named. */
const READ_MS = 9_000;

export const doctor = defineCommand(
  {
    name: 'doctor',
    environment: [
      'MANAGEMENT_ACCOUNT_ID',
      'ALIBABA_CLOUD_SITE',
      'ACCOUNT_GROUP_ID',
      'OVERDUE_AFTER_SECONDS',
      'RETRY_BASE_SECONDS',
      'RETRY_CAP_SECONDS',
    ],
    declare: (command) => command,
  },
  async (options, { operator, output, interrupted, texts }) => {
    const [{ checksOf }, { readDeployment }, { runChecks }, { doctorJson, showResults }] =
      await Promise.all([
        import('../doctor/all-checks.ts'),
        import('../doctor/deployment.ts'),
        import('../doctor/run-checks.ts'),
        import('../doctor/show-results.ts'),
      ]);
    const { clock } = operator;
    const [region, { expectedAccountId, variables }] = await Promise.all([
      operator.region(),
      operator.deploymentSettings(),
    ]);
    const deployment = await readDeployment(variables);
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
    if (options.json) output.json(doctorJson(results, region, texts));
    else showResults(results, { output, texts });
    return exitCodeOf(results);
  },
);

/** The workflow's retry policies, for reads that have less than a check has. */
async function readsWithin({ settings, random }: Operator, clock: Clock): Promise<RetryReads> {
  const policies = readPolicies((await settings()).retry);
  return (read) =>
    withRetries(read, { policies, clock, random, deadlineMs: clock.now() + READ_MS });
}

function exitCodeOf(results: readonly CheckResult[]): ExitCode {
  const has = (state: CheckResult['finding']['state']) =>
    results.some(({ finding }) => finding.state === state);
  if (has('wrong')) return EXIT.ATTENTION;
  return has('unknown') ? EXIT.PENDING : EXIT.ALL_COVERED;
}
