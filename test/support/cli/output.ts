import type { Output } from '../../../cli/output.ts';

/** An output that keeps what it is told. */
export function createFakeOutput() {
  const same = (text: string) => text;
  const lines: string[] = [];
  const notes: string[] = [];
  const progress: string[] = [];
  const output: Output = {
    line: (text = '') => lines.push(text),
    paragraph: (text) => lines.push(text),
    raw: (text) => lines.push(text),
    json: (result) => lines.push(JSON.stringify(result)),
    note: (text) => notes.push(text),
    progress: (text, timing) => progress.push(timing === undefined ? text : `${text} · ${timing}`),
    endProgress: () => undefined,
    width: 80,
    style: { bold: same, dim: same, good: same, warning: same, bad: same },
  };
  return {
    output,
    notes,
    progress,
    stdout: () => lines.join('\n'),
    stderr: () => notes.join('\n'),
  };
}
