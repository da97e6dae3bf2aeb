import { isUtf8 } from 'node:buffer';
import protobuf from 'protobufjs/minimal.js';
import { ServiceError } from '../../protocols/service-error.ts';
import { logError } from './errors.ts';
import { RESERVED_FIELDS } from './index-config.ts';
import type { LogEntry } from './log-entry.ts';

const MOST_LOGS = 4096;
const LARGEST_VALUE_BYTES = 1024 * 1024;
const MOST_FIELDS = 1000;
/** Topic, source and tags count for each log of a call: these two are bounds of the sandbox. */
const LARGEST_COMMON_BYTES = 4096;

/** Of the documented encoding, too, but not modelled. By message, then by number. */
const UNMODELLED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  LogGroup: { 2: 'Category', 5: 'MachineUUID' },
};

const LENGTH_DELIMITED = 2;
const VARINT = 0;
const FIXED_32 = 5;

type Reader = protobuf.Reader;
type Field = readonly [name: string, value: string];

interface Group {
  readonly logs: Omit<LogEntry, 'source' | 'topic'>[];
  topic: string | undefined;
  source: string | undefined;
  readonly tags: Field[];
}

/**
 * The logs of one call, its tags as fields `__tag__:{key}`, nanoseconds as `__time_ns_part__`, as the
 * service shows them. Read field by field, so that the first one that is too many or wrong ends it,
 * whatever follows. Source: help.aliyun.com "Data encoding":
 *
 * ```
 * LogGroup { repeated Log Logs = 1; string Topic = 3; string Source = 4; repeated LogTag LogTags = 6; }
 * Log { required uint32 Time = 1; repeated Content Contents = 2; fixed32 Time_ns = 4; }
 * Content, LogTag { required string Key = 1; required string Value = 2; }
 * ```
 *
 * Throws `PostBodyInvalid`, `PostBodyTooLarge`, `InvalidEncoding`, `InvalidKey`,
 * `SandboxUnsupportedParameter`.
 */
export function decodeLogGroup(body: Buffer): LogEntry[] {
  const group: Group = { logs: [], topic: undefined, source: undefined, tags: [] };
  try {
    readGroup(protobuf.Reader.create(body), group);
  } catch (error) {
    // The reader's own, for what ends too early or is no number.
    throw error instanceof ServiceError ? error : logError('PostBodyInvalid');
  }
  const { logs, topic = '', source = '', tags } = group;
  const common = Buffer.byteLength(topic + source + tags.flat().join(''));
  if (common > LARGEST_COMMON_BYTES) {
    throw logError(
      'SandboxUnsupportedParameter',
      `The sandbox takes a topic, a source and tags of ${LARGEST_COMMON_BYTES} bytes altogether.`,
    );
  }
  return logs.map(({ timeS, contents }) => ({
    timeS,
    source,
    topic,
    contents: tags.length === 0 ? contents : { ...contents, ...Object.fromEntries(tags) },
  }));
}

function readGroup(reader: Reader, group: Group): void {
  eachField(reader, reader.len, 'LogGroup', (number, wireType) => {
    switch (number) {
      case 1:
        if (group.logs.length === MOST_LOGS) throw logError('PostBodyTooLarge');
        group.logs.push(readLog(reader, endOf(reader, wireType)));
        return true;
      case 3:
        group.topic = once(group.topic, readText(reader, wireType));
        return true;
      case 4:
        group.source = once(group.source, readText(reader, wireType));
        return true;
      case 6: {
        const [key, value] = readPair(reader, endOf(reader, wireType), 'LogTag');
        if (key === '' || group.tags.length === MOST_FIELDS) throw invalidKey(key);
        group.tags.push([`__tag__:${key}`, value]);
        return true;
      }
      default:
        return false;
    }
  });
}

function readLog(reader: Reader, end: number): Group['logs'][number] {
  let timeS: number | undefined;
  let nanoseconds: number | undefined;
  let fields = 0;
  const contents: Record<string, string> = {};
  const add = (key: string, value: string): void => {
    if (key === '' || RESERVED_FIELDS.includes(key)) throw invalidKey(key);
    if (Object.hasOwn(contents, key)) {
      throw logError('InvalidKey', 'Invalid keys are in logs: one of them appears twice.');
    }
    fields += 1;
    if (fields > MOST_FIELDS) throw tooManyFields();
    // Which a plain assignment would swallow.
    if (key === '__proto__') Object.defineProperty(contents, key, { value, enumerable: true });
    else contents[key] = value;
  };
  eachField(reader, end, 'Log', (number, wireType) => {
    switch (number) {
      case 1:
        if (wireType !== VARINT) throw logError('PostBodyInvalid');
        timeS = once(timeS, reader.uint32());
        return true;
      case 2: {
        const [key, value] = readPair(reader, endOf(reader, wireType), 'Content');
        add(key, value);
        return true;
      }
      case 4:
        if (wireType !== FIXED_32) throw logError('PostBodyInvalid');
        nanoseconds = once(nanoseconds, reader.fixed32());
        return true;
      default:
        return false;
    }
  });
  if (timeS === undefined || fields === 0) throw logError('PostBodyInvalid');
  if (nanoseconds !== undefined) {
    if (nanoseconds > 999_999_999) throw logError('PostBodyInvalid');
    add('__time_ns_part__', String(nanoseconds));
  }
  return { timeS, contents };
}

function readPair(reader: Reader, end: number, message: string): Field {
  let key: string | undefined;
  let value: string | undefined;
  eachField(reader, end, message, (number, wireType) => {
    if (number === 1) key = once(key, readText(reader, wireType));
    else if (number === 2) value = once(value, readText(reader, wireType));
    else return false;
    return true;
  });
  if (key === undefined || value === undefined) throw logError('PostBodyInvalid');
  return [key, value];
}

/** `visit` reads the field; false: it knows none of that number. */
function eachField(
  reader: Reader,
  end: number,
  message: string,
  visit: (number: number, wireType: number) => boolean,
): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    const number = tag >>> 3;
    const wireType = tag & 7;
    if (number === 0 || wireType > FIXED_32) throw logError('PostBodyInvalid');
    if (visit(number, wireType)) continue;
    const name = UNMODELLED[message]?.[number] ?? 'unknown';
    throw logError(
      'SandboxUnsupportedParameter',
      `The sandbox does not model field ${number} of ${message}: ${name}.`,
    );
  }
  if (reader.pos > end) throw logError('PostBodyInvalid');
}

function endOf(reader: Reader, wireType: number): number {
  if (wireType !== LENGTH_DELIMITED) throw logError('PostBodyInvalid');
  const bytes = reader.uint32();
  if (bytes > reader.len - reader.pos) throw logError('PostBodyInvalid');
  return reader.pos + bytes;
}

function readText(reader: Reader, wireType: number): string {
  const end = endOf(reader, wireType);
  const { buf, pos } = reader;
  if (end - pos > LARGEST_VALUE_BYTES) throw logError('PostBodyTooLarge');
  const bytes = Buffer.from(buf.buffer, buf.byteOffset + pos, end - pos);
  if (!isUtf8(bytes)) throw logError('InvalidEncoding');
  reader.pos = end;
  return bytes.toString('utf8');
}

/** Legal in protobuf, where the last counts; written by nobody, and a way to keep a reader busy. */
function once<T>(known: T | undefined, value: T): T {
  if (known !== undefined) throw logError('PostBodyInvalid');
  return value;
}

function invalidKey(key: string): Error {
  return logError('InvalidKey', `Invalid keys are in logs: "${key}".`);
}

function tooManyFields(): Error {
  return logError(
    'SandboxUnsupportedParameter',
    `The sandbox takes no log of more than ${MOST_FIELDS} fields.`,
  );
}
