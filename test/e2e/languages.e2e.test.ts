/** Questions, refusals and errors in both languages, on a terminal of this process and piped. */
import { describe, expect, test } from 'vitest';
import { runHere } from '../support/cli/in-process.ts';
import { startCli, startCliOnTerminal } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

const CTRL_C = '\x03';
/** Stacks are made on the sandbox's clock; requests are signed on this one, which may not lag far behind. */
const SPEED = 40;
const NOBODY = '1000000000000099';
/** As it reads, however it is broken. */
const flowing = (text: string) => text.replace(/\s+/g, '');

/** Answers, and keeps what was asked. */
function person(answer: string | undefined) {
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return answer;
  };
  return { asked, ask };
}

describe.each([
  {
    lang: 'en',
    goOn: 'Continue? Only yes is accepted: ',
    type: (name: string) => `Type ${name} to continue: `,
    firstStart: "It can't be turned off again without losing what was recorded.",
    declined: 'Nothing was changed.',
    withoutTerminal: 'there is no terminal to ask on. Confirm with --yes.',
    stillUsed: 'These functions are still deployed and use its roles',
    trailGoes: 'with all results in it: the audit trail of every account',
    keptShorter:
      "Results will be kept for 90 days instead of 365: what is older is deleted. That can't be undone.",
    noMatch: ['The resource directory does not list', 'No account in the resource directory'],
    unknownAccount: 'and the log store has no result for it',
    otherDirectory: `MANAGEMENT_ACCOUNT_ID is ${NOBODY}, but the resource directory`,
    badSetting: 'VERIFY_FOR_SECONDS is not a number of seconds',
    lockedLogStore: "The log store can't be read: GetLogs failed: Unauthorized",
  },
  {
    lang: 'zh',
    goOn: '是否继续',
    type: (name: string) => name,
    firstStart: '无法在保留已有记录的前提下退回。',
    declined: '未做任何更改。',
    withoutTerminal: '请用 --yes 表示同意',
    stillUsed: '以下函数仍已部署，并使用其角色',
    trailGoes: '每个账号的审计记录',
    keptShorter: 'Results 的保留时间将从 365 天改为 90 天：更早的内容会被删除。此操作无法撤销。',
    noMatch: ['资源目录中没有符合条件的账号', '资源目录中没有符合条件的账号'],
    unknownAccount: NOBODY,
    otherDirectory: `MANAGEMENT_ACCOUNT_ID 为 ${NOBODY}，但这些凭证所在的资源目录属于`,
    badSetting: 'VERIFY_FOR_SECONDS 不是有效的秒数',
    lockedLogStore: '日志库无法读取',
  },
])('in $lang', (says) => {
  const inLanguage = (...args: string[]) => [...args, '--lang', says.lang];

  test('the first start: asked on a terminal, refused without one', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 2,
      config: { organization: 'off' },
    });
    const no = person('no');
    const args = inLanguage('backfill');
    const declined = await runHere(args, environment, { columns: 80, ask: no.ask });
    expect(declined.code).toBe(1);
    expect(flowing(declined.stderr)).toContain(flowing(says.firstStart));
    expect(no.asked).toEqual([expect.stringContaining(says.goOn)]);
    expect(declined.stderr).toContain(says.declined);

    const piped = await runHere(args, environment);
    expect([piped.code, piped.stderr]).toEqual([1, expect.stringContaining(says.withoutTerminal)]);
    expect(sandbox.starts()).toBe(0);

    const yes = person('yes');
    expect((await runHere(args, environment, { columns: 80, ask: yes.ask })).code).toBe(0);
    expect(sandbox.starts()).toBe(1);
  });

  test('--remove and --delete-results: asked, refused, and done when the name is typed', async () => {
    const { sandbox, environment } = await cliSandbox({ speed: SPEED });
    const project = `account-onboarding-${sandbox.managementAccountId}`;
    const args = inLanguage('setup', '--remove', '--delete-results');
    const piped = await runHere(args, environment);
    expect(piped.code).toBe(1);
    for (const part of [says.stillUsed, says.trailGoes, says.withoutTerminal]) {
      expect(piped.stderr).toContain(part);
    }
    const hasty = person('yes');
    expect((await runHere(args, environment, { columns: 80, ask: hasty.ask })).code).toBe(1);
    expect(hasty.asked).toEqual([expect.stringContaining(says.type(project))]);
    sandbox.logService.requireProject(project);
    const sure = person(project);
    expect((await runHere(args, environment, { columns: 80, ask: sure.ask })).code).toBe(0);
    expect(() => sandbox.logService.requireProject(project)).toThrow();
  });

  test('a shorter retention: asked on a terminal, refused without one, done with --yes', async () => {
    const { sandbox, environment } = await cliSandbox({ speed: SPEED });
    const project = `account-onboarding-${sandbox.managementAccountId}`;
    const keptDays = () => sandbox.logService.settingsOf(project, 'results').ttlDays;
    const keeping = (days: number, ...more: string[]) =>
      inLanguage('setup', '--parameter', `RetentionDays=${days}`, ...more);

    const piped = await runHere(keeping(90), environment);
    expect(piped.code).toBe(1);
    expect(piped.stdout).toMatch(/Results +TTL +365 → 90/);
    for (const part of [says.keptShorter, says.withoutTerminal]) {
      expect(piped.stderr).toContain(part);
    }
    const no = person('no');
    const declined = await runHere(keeping(90), environment, { columns: 80, ask: no.ask });
    expect(declined.code).toBe(1);
    expect(no.asked).toEqual([expect.stringContaining(says.goOn)]);
    expect(flowing(declined.stderr)).toContain(flowing(says.keptShorter));
    expect(declined.stderr).toContain(says.declined);
    expect(keptDays()).toBe(365);

    const yes = person('yes');
    const done = await runHere(keeping(90), environment, { columns: 80, ask: yes.ask });
    expect([done.code, yes.asked.length, keptDays()]).toEqual([0, 1, 90]);
    const agreed = await runHere(keeping(30, '--yes'), environment);
    expect([agreed.code, keptDays()]).toEqual([0, 30]);
  });

  test('ids and filters that match nothing: exit 1, and nothing is started', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 1,
      config: { organization: 'on' },
    });
    const [unlisted = '', unmatched = ''] = says.noMatch;
    const refused = async (...args: string[]) => {
      const { code, stderr } = await runHere(inLanguage(...args), environment);
      expect(code, args.join(' ')).toBe(1);
      return stderr;
    };
    for (const where of [['--local'], []]) {
      expect(await refused('backfill', ...where, '--account', NOBODY)).toContain(unlisted);
      expect(await refused('backfill', ...where, '--exclude', NOBODY)).toContain(unlisted);
      expect(await refused('backfill', ...where, '--folder', 'fd-nothing')).toContain(unmatched);
    }
    expect(await refused('status', '--account', NOBODY)).toContain(unlisted);
    expect(await refused('status', '--folder', 'fd-nothing')).toContain(unmatched);
    expect(await refused('account', NOBODY)).toContain(says.unknownAccount);
    expect(sandbox.runEntries()).toEqual([]);
  });

  test('what is wrong with the settings, and a log store that may not be read', async () => {
    const { sandbox, environment } = await cliSandbox({ members: 1 });
    const status = (more: Record<string, string>) =>
      runHere(inLanguage('status'), { ...environment, ...more });
    const other = await status({ MANAGEMENT_ACCOUNT_ID: NOBODY });
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining(says.otherDirectory)]);
    const bad = await status({ VERIFY_FOR_SECONDS: 'soon' });
    expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining(says.badSetting)]);
    sandbox.faults.add({
      service: 'log-service',
      operation: 'GetLogs',
      effect: { kind: 'error', code: 'Unauthorized' },
      when: { always: true },
    });
    expect((await status({})).stderr).toContain(says.lockedLogStore);
  });
});

describe('what is watched goes on until Ctrl-C: 130', () => {
  test.each([
    [['status', '--watch', '--interval', '1'], /watching: a look every 1 s/],
    [['logs', '--follow'], /Acting in/],
  ])('%j, piped and on a terminal', async (args, isWatching) => {
    const { environment } = await cliSandbox({ members: 1, config: { organization: 'on' } });
    const piped = startCli(args, environment);
    await piped.said(isWatching);
    piped.child.kill('SIGINT');
    expect((await piped.done).code).toBe(130);
    const typed = startCliOnTerminal(args, environment);
    await typed.said(/Acting in/);
    typed.type(CTRL_C);
    expect((await typed.done).code).toBe(130);
  });
});
