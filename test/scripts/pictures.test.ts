/** What is recorded on a pseudo-terminal, and how it is drawn. */
import { describe, expect, test } from 'vitest';
import { moveTime } from '../../scripts/pictures/moved-time.ts';
import { type Recording, recordTerminal } from '../../scripts/pictures/record-terminal.ts';
import { terminalSvg } from '../../scripts/pictures/terminal-svg.ts';

const PICTURE = { title: 'A <title>', holdMs: 1_000 };
const plain = { column: 0, isBold: false, isDim: false };

function record(program: string) {
  return recordTerminal({
    typed: 'show',
    command: ['node', '-e', `"${program}"`],
    columns: 20,
    rows: 5,
    longestWaitMs: 100,
  });
}

describe('a recording', () => {
  test('has what was typed, each look of a row, and its styles', async () => {
    const { rows, durationMs } = await record(
      "process.stdout.write('one\\n'); setTimeout(() => console.log('\\x1b[1Atwo \\x1b[1;32m好\\x1b[2m.'), 500)",
    );
    expect(rows.map((versions) => versions.map(({ runs }) => runs))).toEqual([
      [[{ ...plain, text: '$ show' }]],
      [
        [{ ...plain, text: 'one' }],
        [
          { ...plain, text: 'two' },
          { ...plain, column: 4, text: '好', color: 2, isBold: true },
          { ...plain, column: 6, text: '.', color: 2, isBold: true, isDim: true },
        ],
      ],
    ]);
    const [, [one, two] = []] = rows;
    expect(two?.fromMs).toBeGreaterThan(one?.fromMs ?? Number.NaN);
    // The waits are cut.
    expect(durationMs).toBeLessThan(500);
  });

  test('is none when the command fails', async () => {
    await expect(record('process.exit(3)')).rejects.toThrow('show ended with 3.');
  });
});

describe('its picture', () => {
  const first = { fromMs: 0, runs: [{ ...plain, text: 'a < b' }] };
  const second = { fromMs: 1_000, runs: [{ ...plain, column: 2, color: 2, text: 'c' }] };
  const recording: Recording = { columns: 20, durationMs: 3_000, rows: [[first, second]] };
  const svg = terminalSvg(recording, PICTURE);

  test('shows each look of a row for its time, and the last to the end', () => {
    expect(svg).toContain('animation:4000ms step-end infinite');
    expect(svg).toContain(
      '@keyframes from0to1000{0%{visibility:hidden}0.00%{visibility:visible}25.00%{visibility:hidden}}\n' +
        '.from0to1000{animation-name:from0to1000;visibility:hidden}',
    );
    expect(svg).toContain(
      '@keyframes from1000{0%{visibility:hidden}25.00%{visibility:visible}}\n' +
        '.from1000{animation-name:from1000}',
    );
    expect(svg).toContain('class="from1000"><tspan x="32.9" class="color2">c</tspan>');
  });

  test('keeps text as text', () => {
    expect(svg).toContain('<title>A &lt;title&gt;</title>');
    expect(svg).toContain('>a &lt; b</tspan>');
  });

  test('refuses a colour that it does not know', () => {
    const odd = { fromMs: 0, runs: [{ ...plain, text: 'x', color: 6 }] };
    expect(() => terminalSvg({ ...recording, rows: [[odd]] }, PICTURE)).toThrow('no colour 6');
  });
});

test('time that is moved is what a date says, until it ends', () => {
  const startMs = Date.parse('2001-01-31T00:00:00Z');
  const time = moveTime(startMs);
  try {
    time.advance(86_400_000);
    expect(new Date().toISOString()).toMatch(/^2001-02-01T00:00:0/);
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(86_400_000);
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  } finally {
    time.end();
  }
  expect(Date.now() - startMs).not.toBeLessThan(90 * 86_400_000);
});
