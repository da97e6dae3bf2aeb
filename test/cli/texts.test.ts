import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands/all.ts';
import { chooseTexts } from '../../cli/language.ts';
import { main } from '../../cli/main.ts';
import { recommendationOf } from '../../cli/recommendation.ts';
import { en as reportEn } from '../../cli/report/texts.en.ts';
import { zh as reportZh } from '../../cli/report/texts.zh.ts';
import { en } from '../../cli/texts/en.ts';
import { zh } from '../../cli/texts/zh.ts';
import { ERROR_RULES, recommend } from '../../workflows/onboarding/error-rules.ts';
import { createFakeOperator, storedResult } from '../support/cli/operator.ts';
import { groupOf, member } from '../support/workflows/fake-ports.ts';

const HAN = /\p{Script=Han}/u;
const id = (last: number) => String(10 ** 15 + last);

/** What is no words. */
const SAME = ['duration.spacer', 'help.usage'];

/** Every text of a catalogue, by its path; what is said with values is said with these. */
function textsOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (typeof value === 'function') {
    return new Map([[path, 'a function']]);
  }
  if (typeof value !== 'object' || value === null) return new Map([[path, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, one]) => [...textsOf(one, path ? `${path}.${key}` : key)]),
  );
}

describe.each([
  ['of the command', en, zh],
  ['of the report', reportEn, reportZh],
])('the catalogues %s', (_, english, chinese) => {
  test('have the same messages, none of them empty', () => {
    expect([...textsOf(chinese).keys()].sort()).toEqual([...textsOf(english).keys()].sort());
    expect([...textsOf(chinese).values()].filter((text) => text === '')).toEqual([]);
  });

  test('a sentence is not left in English', () => {
    const [before, after] = [textsOf(english), textsOf(chinese)];
    const same = [...before].filter(([path, text]) => / /.test(text) && after.get(path) === text);
    // Commands are the same in every language; what a function says is tried where it is said.
    const left = same.filter(([path, text]) => !/\.command$/.test(path) && text !== 'a function');
    expect(left.map(([path]) => path).filter((path) => !SAME.includes(path))).toEqual([]);
  });
});

test.each([
  [['--lang', 'zh'], undefined, 'zh'],
  [['--lang=zh'], 'en_US.UTF-8', 'zh'],
  [['--lang', 'en'], 'zh_CN.UTF-8', 'en'],
  [[], 'zh_CN.UTF-8', 'zh'],
  [[], 'zh_TW', 'zh'],
  [[], 'de_DE.UTF-8', 'en'],
  [[], undefined, 'en'],
])('%j and LANG=%s: %s', async (args, locale, lang) => {
  expect((await chooseTexts(args, locale)).texts.lang).toBe(lang);
});

async function inChinese(fake: ReturnType<typeof createFakeOperator>, ...args: string[]) {
  const program = { commands: COMMANDS, version: '1.2.3' };
  return main([...args, '--lang', 'zh'], program, fake.shell);
}

describe('help', () => {
  test.each([[], ...COMMANDS.map(({ name }) => [name])])(
    'of %s, in Chinese and 80 columns',
    async (...name) => {
      const fake = createFakeOperator();
      expect(await inChinese(fake, ...name, '--help')).toBe(0);
      const lines = fake.stdout().split('\n');
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80);
      expect(lines.filter((line) => HAN.test(line)).length).toBeGreaterThan(20);
      for (const english of ['Usage:', 'Options:', 'Commands:', 'Examples:']) {
        expect(fake.stdout()).not.toContain(english);
      }
    },
  );

  test('what is typed wrong is said in Chinese', async () => {
    const fake = createFakeOperator();
    expect(await inChinese(fake, 'statsu')).toBe(1);
    expect(fake.stderr()).toBe('没有命令 statsu。是否是指 status？\nonboard --help 说明用法。');
  });
});

describe('a stored recommendation', () => {
  test.each(ERROR_RULES.map(({ code }) => code.replace('*', '.Reason')))(
    'of a failure is shown in Chinese by its code: %s',
    (errorCode) => {
      const error = { operation: 'GetAggregator', code: errorCode, message: 'No.' };
      const finding = { outcome: 'failed', errorCode, recommendation: recommend(error) };
      expect(recommendationOf(finding, zh)).toMatch(HAN);
      expect(recommendationOf(finding, en)).toBe(finding.recommendation);
    },
  );

  test('names the action that is missing', () => {
    const finding = {
      outcome: 'failed',
      errorCode: 'NoPermission',
      recommendation: 'Allow config:GetAggregator in the policy of the caller.',
    };
    expect(recommendationOf(finding, zh)).toContain('config:GetAggregator');
  });

  test('of what is being built: the recorder, and when it is started again', () => {
    const finding = {
      outcome: 'pending',
      recorderStatus: 'BUILDING',
      recommendation: 'Nothing to do now. The schedule starts it at 2026-11-20T04:00:00.000Z.',
    };
    expect(recommendationOf(finding, zh)).toMatch(/BUILDING.*2026-11-20T04:00:00\.000Z/);
  });

  test('of what has no translation stays', () => {
    const finding = { outcome: 'failed', recommendation: 'Look it up.' };
    expect(recommendationOf(finding, zh)).toBe(finding.recommendation);
  });

  test('none stays none', () => {
    expect(recommendationOf({ outcome: 'covered' }, zh)).toBeUndefined();
  });
});

test('status and account in Chinese: texts and advice; codes, states and names stay', async () => {
  const world = () => {
    const fake = createFakeOperator({
      accounts: [member(id(2), { name: '支付平台' }), member(id(3))],
      group: [groupOf({ [id(2)]: 'REGISTRABLE', [id(3)]: 'REGISTERED' })],
    });
    fake.store(
      storedResult(id(2), 'failed', {
        error_code: 'CreateSLRFail',
        error_message: 'No role.',
        recommendation: 'Create the role.',
      }),
    );
    return fake;
  };
  const status = world();
  expect(await inChinese(status, 'status', '--uncovered')).toBe(2);
  expect(status.stdout()).toMatchInlineSnapshot(`
    "1 个 failed
      CreateSLRFail: No role.
      请在 RAM 控制台创建服务关联角色 AliyunServiceRoleForConfig，或为
      config.aliyuncs.com 授予 ram:CreateServiceLinkedRole 权限，然后执行 onboard
      replay。
    账号              名称      配置记录器
    1000000000000002  支付平台  REGISTRABLE

    2 个成员账号中 1 个已覆盖：1 个 failed。"
  `);
  const account = world();
  expect(await inChinese(account, 'account', id(2))).toBe(2);
  expect(account.stdout()).toMatchInlineSnapshot(`
    "1000000000000002  支付平台
    资源夹      Root
    状态        failed
    配置记录器  REGISTRABLE
    如何处理    请在 RAM 控制台创建服务关联角色 AliyunServiceRoleForConfig，或为
                config.aliyuncs.com 授予 ram:CreateServiceLinkedRole 权限，然后执行
                onboard replay。

    时间线
    2026-11-20 03:04:05Z  failed
        定时任务
        CreateSLRFail: No role.
        请在 RAM 控制台创建服务关联角色 AliyunServiceRoleForConfig，或为
        config.aliyuncs.com 授予 ram:CreateServiceLinkedRole 权限，然后执行 onboard
        replay。
        运行 run-at-0"
  `);
  for (const line of `${status.stdout()}\n${account.stdout()}`.split('\n')) {
    expect(stringWidth(line)).toBeLessThanOrEqual(80);
  }
});
