import { describe, expect, test } from 'vitest';
import { createStreamOutput, type TextStream } from '../../cli/stream-output.ts';

function open(stdoutIsTty: boolean, stderrIsTty: boolean, colors = true) {
  const said: string[] = [];
  const stream = (name: string, isTTY: boolean): TextStream => ({
    isTTY,
    ...(isTTY ? { columns: 50 } : {}),
    write: (text) => said.push(`${name}: ${text}`),
  });
  const output = createStreamOutput({
    stdout: stream('out', stdoutIsTty),
    stderr: stream('err', stderrIsTty),
    colors,
  });
  return { output, said };
}

describe('in a pipe', () => {
  test('progress is a line, and only news is: not the clock', () => {
    const { output, said } = open(false, false);
    output.progress('covered 0 of 3', '0 s');
    output.progress('covered 0 of 3', '2 s');
    output.progress('covered 1 of 3', '4 s');
    output.endProgress();
    output.line('All are covered.');
    expect(said).toEqual([
      'err: covered 0 of 3 · 0 s\n',
      'err: covered 1 of 3 · 4 s\n',
      'out: All are covered.\n',
    ]);
  });

  test('a paragraph is one line', () => {
    const { output, said } = open(false, false);
    output.paragraph('word '.repeat(40).trimEnd());
    expect(said).toEqual([`out: ${'word '.repeat(40).trimEnd()}\n`]);
  });

  test('nothing is cut or broken, no colour', () => {
    const { output, said } = open(false, false);
    expect([output.width, output.style.good('x')]).toEqual([Number.POSITIVE_INFINITY, 'x']);
    const long = 'word '.repeat(40).trimEnd();
    output.line(long);
    output.note(long);
    expect(said).toEqual([`out: ${long}\n`, `err: ${long}\n`]);
  });
});

describe('on a terminal', () => {
  test('progress is rewritten, and gone when something else is said', () => {
    const { output, said } = open(true, true);
    output.progress('covered 0 of 3', '0 s');
    output.progress('covered 0 of 3', '2 s');
    output.note('By the way.');
    output.progress('covered 1 of 3');
    output.endProgress();
    output.endProgress();
    output.line('All are covered.');
    expect(said).toEqual([
      'err: \r\x1b[2Kcovered 0 of 3 · 0 s',
      'err: \r\x1b[2Kcovered 0 of 3 · 2 s',
      'err: \r\x1b[2K',
      'err: By the way.\n',
      'err: \r\x1b[2Kcovered 1 of 3',
      'err: \r\x1b[2K',
      'out: All are covered.\n',
    ]);
  });

  test('a note wraps between words, and what fits stays as it is', () => {
    const { output, said } = open(true, true);
    output.note(`${'word '.repeat(11)}end\n  onboard  status`);
    expect(said).toEqual([`err: ${'word '.repeat(10).trimEnd()}\nword end\n  onboard  status\n`]);
  });

  test('a command in a note stays whole, to be copied', () => {
    const { output, said } = open(true, true);
    output.note(`\nTo go on:\n  onboard setup --remove ${'x'.repeat(50)}`);
    expect(said).toEqual([`err: \nTo go on:\n  onboard setup --remove ${'x'.repeat(50)}\n`]);
  });

  test('a paragraph wraps, each line in its colour; what is raw stays as it is', () => {
    const { output, said } = open(true, true);
    output.paragraph('word '.repeat(11).trimEnd(), (line) => `<${line}>`);
    output.raw('a\r\n');
    expect(said).toEqual([
      `out: <${'word '.repeat(10).trimEnd()}>\n`,
      'out: <word>\n',
      'out: a\r\n',
    ]);
  });

  test('progress never wraps', () => {
    const { output, said } = open(true, true);
    output.progress('x'.repeat(100));
    expect(said).toEqual([`err: \r\x1b[2K${'x'.repeat(48)}…`]);
  });

  test('its width, and colours unless they are off', () => {
    expect(open(true, true).output.width).toBe(50);
    expect(open(true, true).output.style.good('x')).toBe('\x1b[32mx\x1b[39m');
    expect(open(true, true, false).output.style.good('x')).toBe('x');
  });
});
