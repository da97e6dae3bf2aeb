import type { LogEntry } from '../services/log-service/index.ts';

/** A LogGroup in protobuf, written by hand, as PutLogs takes it. */
export function logGroup(entries: readonly LogEntry[]): Buffer {
  return Buffer.concat([
    ...entries.map(({ timeS, contents }) =>
      field(1, [
        Buffer.from([8, ...varint(timeS)]),
        ...Object.entries(contents).map(([key, value]) => field(2, [text(1, key), text(2, value)])),
      ]),
    ),
    text(3, entries[0]?.topic ?? ''),
    text(4, entries[0]?.source ?? ''),
  ]);
}

/** A field that has a length. */
export function field(number: number, parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(content.length)]), content]);
}

export function text(number: number, value: string): Buffer {
  return field(number, [Buffer.from(value)]);
}

export function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
