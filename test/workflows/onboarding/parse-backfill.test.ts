import { describe, expect, test } from 'vitest';
import { parseBackfillInput } from '../../../workflows/onboarding/parse-backfill.ts';

const parse = (value: unknown) => parseBackfillInput(Buffer.from(JSON.stringify(value)));
const timer = (payload: string) =>
  parse({ triggerTime: '2026-11-20T03:05:00Z', triggerName: 'every-5-minutes', payload });

const everyMember = {
  trigger: 'manual',
  scope: { kind: 'directory', excludedAccountIds: [] },
  events: [],
  dryRun: false,
};

describe('a person', () => {
  test.each([
    ['an empty object', Buffer.from('{}')],
    ['nothing', Buffer.alloc(0)],
  ])('%s asks for every member', (_, payload) => {
    expect(parseBackfillInput(payload)).toEqual({ unused: [], request: everyMember });
  });

  test('every option', () => {
    const { request } = parse({
      accounts: ['1000000000000002'],
      folder: 'fd-bVaRIG',
      exclude: ['1000000000000003'],
      dryRun: true,
      verifyForSeconds: 0.5,
    });
    expect(request).toEqual({
      ...everyMember,
      scope: {
        kind: 'directory',
        accountIds: ['1000000000000002'],
        folderId: 'fd-bVaRIG',
        excludedAccountIds: ['1000000000000003'],
      },
      dryRun: true,
      verifyForMs: 500,
    });
  });
});

describe('a timer', () => {
  test('its payload holds the options', () => {
    expect(timer('{"verifyForSeconds":0}').request).toEqual({
      ...everyMember,
      trigger: 'schedule',
      verifyForMs: 0,
    });
  });

  test('an empty payload asks for every member', () => {
    expect(timer('').request).toMatchObject({ trigger: 'schedule', scope: { kind: 'directory' } });
  });

  test.each([
    ['{"verifyForSecond":0}', 'verifyForSecond: unknown key'],
    ['{', "The timer's payload is not JSON"],
  ])('payload %s is rejected as a schedule', (payload, reason) => {
    expect(timer(payload)).toMatchObject({
      unused: [
        { outcome: 'rejected', trigger: 'schedule', reason: expect.stringContaining(reason) },
      ],
    });
  });
});

test('a timer whose payload is no text is rejected as a schedule', () => {
  const event = { triggerTime: '2026-11-20T03:05:00Z', triggerName: 'every', payload: {} };
  expect(parse(event)).toMatchObject({
    unused: [{ trigger: 'schedule', reason: expect.stringContaining('payload: expected string') }],
  });
});

describe('rejected', () => {
  test.each([
    [{ account: ['1000000000000002'] }, 'account: unknown key'],
    [{ accounts: [] }, 'accounts: expected at least one account id, received an array'],
    [
      { accounts: ['sandbox'] },
      'accounts.0: expected an account id of 10 to 20 digits, received text of 7 characters',
    ],
    [{ accounts: '1000000000000002' }, 'accounts: expected Array'],
    [{ folder: '' }, 'folder: expected the id of a folder'],
    [{ dryRun: 'yes' }, 'dryRun: expected boolean'],
    [{ verifyForSeconds: -1 }, 'verifyForSeconds: expected >=0'],
    [{ verifyForSeconds: 90_000 }, 'verifyForSeconds: expected <=86400'],
    [[], 'expected an object, received an array'],
    [null, 'expected Object'],
  ])('%j', (value, reason) => {
    expect(parse(value)).toEqual({
      unused: [{ outcome: 'rejected', trigger: 'manual', reason: expect.stringContaining(reason) }],
    });
  });

  test('all problems at once', () => {
    const { unused } = parse({ dryRun: 1, folder: 2 });
    expect(unused[0]?.reason).toMatch(/folder: .+; dryRun: /);
  });

  test('what was received is described, never quoted: it may be a secret', () => {
    const secret = 'STS.NotToBeSeen';
    const reasons = [{ folder: secret }, { accounts: [secret] }, { dryRun: secret }, secret]
      .map((value) => parse(value).unused[0]?.reason)
      .concat(parseBackfillInput(Buffer.from(`{"x": ${secret}`)).unused[0]?.reason);
    expect(reasons).toHaveLength(5);
    for (const reason of reasons) expect(reason).not.toContain(secret);
  });

  test('no JSON', () => {
    expect(parseBackfillInput(Buffer.from('all of them'))).toMatchObject({
      unused: [
        {
          outcome: 'rejected',
          trigger: 'manual',
          reason: 'The input is not JSON in UTF-8 (11 bytes).',
        },
      ],
    });
  });
});

test('the reason says that it is the input that can not be used', () => {
  expect(parseBackfillInput(Buffer.from('7')).unused[0]?.reason).toMatch(/^The input[: ]/);
});

test('a timer without a payload asks for every member', () => {
  const timer = { triggerTime: '2026-11-20T03:04:05Z', triggerName: 'schedule' };
  const { request, unused } = parseBackfillInput(Buffer.from(JSON.stringify(timer)));
  expect(unused).toEqual([]);
  expect(request).toMatchObject({ trigger: 'schedule', scope: { kind: 'directory' } });
});
