import { describe, expect, test } from 'vitest';
import { createConfirm } from '../../cli/confirm.ts';
import { Interrupted } from '../../cli/errors.ts';
import { en } from '../../cli/texts/en.ts';
import { createFakeOutput } from '../support/cli/output.ts';

function asking(answer?: string, isAgreed = false) {
  const fake = createFakeOutput();
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answer;
  };
  const confirm = createConfirm({ ask, isAgreed, output: fake.output, texts: en });
  return { ...fake, questions, confirm };
}

describe('on a terminal', () => {
  test('what it does is said, then asked', async () => {
    const fake = asking('yes');
    expect(await fake.confirm({ consequence: 'All goes.' })).toBe(true);
    expect(fake.notes).toEqual(['All goes.']);
    expect(fake.questions).toEqual(['Continue? Only yes is accepted: ']);
  });

  test.each(['', 'y', 'YES', 'no', 'yes please', undefined])('%j is no yes', async (answer) => {
    const fake = asking(answer);
    expect(await fake.confirm({ consequence: 'All goes.' })).toBe(false);
    expect(fake.notes.at(-1)).toBe('Nothing was changed.');
  });

  test('a name has to be typed where a name is asked for', async () => {
    const question = { consequence: 'All goes.', phrase: 'my-project' };
    expect(await asking('yes').confirm(question)).toBe(false);
    const fake = asking(' my-project ');
    expect(await fake.confirm(question)).toBe(true);
    expect(fake.questions).toEqual(['Type my-project to continue: ']);
  });

  test('--yes asks nothing, and says what it does all the same', async () => {
    const fake = asking(undefined, true);
    expect(await fake.confirm({ consequence: 'All goes.', phrase: 'my-project' })).toBe(true);
    expect([fake.notes, fake.questions]).toEqual([['All goes.'], []]);
  });
});

test('without a terminal: refused, unless --yes says so', async () => {
  const fake = createFakeOutput();
  const options = { ask: undefined, output: fake.output, texts: en };
  const question = { consequence: 'All goes.' };
  expect(await createConfirm({ ...options, isAgreed: false })(question)).toBe(false);
  expect(fake.notes).toEqual([
    'All goes.',
    'Nothing was changed: there is no terminal to ask on. Confirm with --yes.',
  ]);
  expect(await createConfirm({ ...options, isAgreed: true })(question)).toBe(true);
});

test('interrupted at the question: nothing was changed, and that is said', async () => {
  const { output } = createFakeOutput();
  const ask = () => Promise.reject(new Interrupted());
  const confirm = createConfirm({ ask, isAgreed: false, output, texts: en });
  const interrupted = await confirm({ consequence: 'All goes.' }).catch((error: unknown) => error);
  expect(interrupted).toMatchObject({
    name: 'Interrupted',
    message: 'Interrupted. Nothing was changed.',
  });
});
