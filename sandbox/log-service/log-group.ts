import protobuf from 'protobufjs';
import { logError } from './errors.ts';
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
  optional fixed32 TimeNs = 4;
}
message LogTag {
  required bytes Key = 1;
  required bytes Value = 2;
}
message LogGroup {
  repeated Log Logs = 1;
  optional bytes Reserved = 2;
  optional bytes Topic = 3;
  optional bytes Source = 4;
  repeated LogTag LogTags = 6;
}
`;

const LOG_GROUP = protobuf.parse(DEFINITION, { keepCase: true }).root.lookupType('sls.LogGroup');
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Fields that the service adds to a log itself. */
const RESERVED_KEYS = ['__source__', '__time__', '__topic__'];

/**
 * The logs of one call, its tags as fields `__tag__:{key}`, as the service shows them.
 * Throws `PostBodyInvalid`, `InvalidEncoding`, `InvalidKey`.
 */
export function decodeLogGroup(body: Buffer): LogEntry[] {
  const group = fieldsOf(decode(body));
  const source = textOf(group.Source);
  const topic = textOf(group.Topic);
  const tags = listOf(group.LogTags).map((tag): [string, string] => {
    const { Key, Value } = fieldsOf(tag);
    return [`__tag__:${textOf(Key)}`, textOf(Value)];
  });
  return listOf(group.Logs).map((log) => {
    const { Time, Contents } = fieldsOf(log);
    const contents = listOf(Contents).map((content): [string, string] => {
      const { Key, Value } = fieldsOf(content);
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
  try {
    return LOG_GROUP.decode(body);
  } catch {
    throw logError('PostBodyInvalid');
  }
}

function keyOf(value: unknown): string {
  const key = textOf(value);
  if (key === '' || RESERVED_KEYS.includes(key)) {
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

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
