import { defineCommand } from '../command.ts';
import type { CheckResult } from '../doctor/run-checks.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

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
  async (options, context) => {
    const [{ examineDeployment }, { doctorJson, showResults }] = await Promise.all([
      import('../doctor/examine.ts'),
      import('../doctor/show-results.ts'),
    ]);
    const { output, texts } = context;
    const { results, region } = await examineDeployment(context);
    if (options.json) output.json(doctorJson(results, region, texts));
    else showResults(results, { output, texts });
    return exitCodeOf(results);
  },
);

function exitCodeOf(results: readonly CheckResult[]): ExitCode {
  const has = (state: CheckResult['finding']['state']) =>
    results.some(({ finding }) => finding.state === state);
  if (has('wrong')) return EXIT.ATTENTION;
  return has('unknown') ? EXIT.PENDING : EXIT.ALL_COVERED;
}
