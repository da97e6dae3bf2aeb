import { ACCOUNT_ID } from '../../workflows/onboarding/payload.ts';
import { defineCommand } from '../command.ts';
import { LOOK_ENVIRONMENT } from '../environment.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';

export const account = defineCommand(
  {
    name: 'account',
    environment: LOOK_ENVIRONMENT,

    declare: (command, { commands: { account: texts } }) =>
      command.usage('<id> [options]').argument('<id>', texts.arguments.id),
  },
  async ({ json }, context, accountId) => {
    if (!ACCOUNT_ID.test(accountId))
      throw new UsageError(({ usage }) => usage.accountId(accountId));
    const { output, interrupted, operator, texts } = context;
    const [{ lookAtAccount }, { accountJson, showAccount }] = await Promise.all([
      import('../account/look-at-account.ts'),
      import('../account/show-account.ts'),
    ]);
    output.progress(texts.account.looking(accountId));
    const seen = await unlessInterrupted(lookAtAccount(accountId, context), interrupted);
    output.endProgress();
    for (const remark of seen.remarks) output.note(remark);
    if (json) output.json(accountJson(seen));
    else showAccount(seen, operator.clock.now(), { output, texts });
    return seen.exitCode;
  },
);
