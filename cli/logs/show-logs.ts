import { stripVTControlCharacters } from 'node:util';
import type { FunctionLogLine } from '../../alicloud/log-service/function-logs.ts';
import type { CommandContext } from '../command.ts';
import { formatMoment } from '../fold.ts';
import type { JsonResult } from '../output.ts';

/** When, which function, and what it printed; what follows its first line stands below it. */
export function showLine(
  { time, functionName = '', requestId, message }: FunctionLogLine,
  withRequest: boolean,
  { output }: Pick<CommandContext, 'output'>,
): void {
  const { dim } = output.style;
  const [first = '', ...rest] = message.trimEnd().split('\n').map(stripVTControlCharacters);
  const head = [
    dim(formatMoment(time)),
    functionName,
    ...(withRequest && requestId !== undefined ? [dim(requestId)] : []),
  ].join('  ');
  output.raw(`${head}  ${first}\n${rest.map((line) => `    ${line}\n`).join('')}`);
}

/** For a script, one object a line: `cli/schemas/logs.schema.json`. */
export function lineJson(line: FunctionLogLine): JsonResult {
  return { schemaVersion: 1, ...line };
}
