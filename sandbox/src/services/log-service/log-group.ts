import protobuf from 'protobufjs';
import { logError } from './errors.ts';
import { RESERVED_FIELDS } from './reserved-fields.ts';
import type { LogEntry } from './store.ts';

/**
 * Source: help.aliyun.com "Data encoding". Text is declared as bytes, which is the same on the
 * wire, so that broken UTF-8 can be told from good: a string field would be repaired silently.
 */
const DEFINITION = `
syntax = "proto2";
package sls;
message Content {
  required bytes Key = 1;
  required bytes Value = 2;
}
message Log {
  required uint32 Time = 1;
  repeated Content Contents = 2;
}
message LogTag {
  required bytes Key = 1;
  required bytes Value = 2;
}
message LogGroup {
  repeated Log Logs = 1;
  optional bytes Topic = 3;
  optional bytes Source = 4;
  repeated LogTag LogTags = 6;
}
`;

const LOG_GROUP = protobuf.parse(DEFINITION, { keepCase: true }).root.lookupType('sls.LogGroup');
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Of the documented encoding, too, but not modelled. By message, then by number. */
const UNMODELLED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  Log: { 4: 'Time_ns' },
  LogGroup: { 2: 'Reserved' },
};

/**
 * The logs of one call, its tags as fields `__tag__:{key}`, as the service shows them.
 * Throws `PostBodyInvalid`, `InvalidEncoding`, `InvalidKey`, `SandboxUnsupportedParameter`.
 */
export function decodeLogGroup(body: Buffer): LogEntry[] {
  const group = fieldsOf(decode(body), 'LogGroup');
  const source = textOf(group.Source);
  const topic = textOf(group.Topic);
  const tags = listOf(group.LogTags).map((tag): [string, string] => {
    const { Key, Value } = fieldsOf(tag, 'LogTag');
    return [`__tag__:${textOf(Key)}`, textOf(Value)];
  });
  return listOf(group.Logs).map((log) => {
    const { Time, Contents } = fieldsOf(log, 'Log');
    const contents = listOf(Contents).map((content): [string, string] => {
      const { Key, Value } = fieldsOf(content, 'Content');
      return [keyOf(Key), textOf(Value)];
    });
    if (typeof Time !== 'number' || contents.length === 0) throw logError('PostBodyInvalid');
    if (new Set(contents.map(([key]) => key)).size !== contents.length) {
      throw logError('InvalidKey', 'Invalid keys are in logs: one of them appears twice.');
    }
    return { timeS: Time, source, topic, contents: Object.fromEntries([...contents, ...tags]) };
  });
}

function decode(body: Buffer): unknown {
  const reader = protobuf.Reader.create(body);
  reader.discardUnknown = false;
  try {
    return LOG_GROUP.decode(reader);
  } catch {
    throw logError('PostBodyInvalid');
  }
}

function keyOf(value: unknown): string {
  const key = textOf(value);
  if (key === '' || RESERVED_FIELDS.includes(key)) {
    throw logError('InvalidKey', `Invalid keys are in logs: "${key}".`);
  }
  return key;
}

function textOf(value: unknown): string {
  if (!(value instanceof Uint8Array)) return '';
  try {
    return UTF8.decode(value);
  } catch {
    throw logError('InvalidEncoding');
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Refuses what the real service might keep, or refuse, and this one would drop. */
function fieldsOf(value: unknown, message: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  const unknown = '$unknowns' in value ? listOf(value.$unknowns) : [];
  for (const field of unknown) {
    const number = fieldNumber(field);
    const name = UNMODELLED[message]?.[number] ?? 'unknown';
    throw logError(
      'SandboxUnsupportedParameter',
      `The sandbox does not model field ${number} of ${message}: ${name}.`,
    );
  }
  return { ...value };
}

/** The first number of an encoded field holds its number and, in three bits, its type. */
function fieldNumber(field: unknown): number {
  return field instanceof Uint8Array ? protobuf.Reader.create(field).uint32() >>> 3 : 0;
}
