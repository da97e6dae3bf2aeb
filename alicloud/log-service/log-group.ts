/**
 * Encodes what PutLogs takes, in Protocol Buffers (proto2):
 *
 *     LogGroup { repeated Log Logs = 1; optional string Topic = 3; optional string Source = 4; }
 *     Log { required uint32 Time = 1; repeated Content Contents = 2; }
 *     Content { required string Key = 1; required string Value = 2; }
 *
 * Three messages are not worth a library that costs more to load than all else on this path.
 */

export interface Log {
  /** Seconds since 1970. */
  readonly timeS: number;
  readonly contents: Readonly<Record<string, string>>;
}

export interface LogGroup {
  readonly logs: readonly Log[];
  readonly topic?: string;
  readonly source?: string;
}

/** Field number and wire type in one byte: `number << 3 | type`; 0 is a varint, 2 a length. */
const TAG = {
  groupLogs: 0x0a,
  groupTopic: 0x1a,
  groupSource: 0x22,
  logTime: 0x08,
  logContents: 0x12,
  contentKey: 0x0a,
  contentValue: 0x12,
} as const;

export function encodeLogGroup(group: LogGroup): Buffer {
  const sizes = group.logs.map(logSize);
  const texts = [
    [TAG.groupTopic, group.topic],
    [TAG.groupSource, group.source],
  ] as const;
  const total =
    sizes.reduce((sum, size) => sum + framed(size), 0) +
    texts.reduce((sum, [, text]) => sum + (text === undefined ? 0 : textSize(text)), 0);
  const writer = new Writer(total);
  group.logs.forEach((log, index) => {
    writer.tag(TAG.groupLogs);
    writer.varint(sizes[index] ?? 0);
    writer.tag(TAG.logTime);
    writer.varint(log.timeS);
    for (const [key, value] of Object.entries(log.contents)) {
      writer.tag(TAG.logContents);
      writer.varint(textSize(key) + textSize(value));
      writer.text(TAG.contentKey, key);
      writer.text(TAG.contentValue, value);
    }
  });
  for (const [tag, text] of texts) {
    if (text !== undefined) {
      writer.text(tag, text);
    }
  }
  return writer.buffer;
}

/** How many bytes a log adds to its group. */
export function encodedLogSize(log: Log): number {
  return framed(logSize(log));
}

function logSize(log: Log): number {
  let size = 1 + varintSize(log.timeS);
  for (const [key, value] of Object.entries(log.contents)) {
    size += framed(textSize(key) + textSize(value));
  }
  return size;
}

function textSize(text: string): number {
  return framed(Buffer.byteLength(text));
}

/** With the tag and the length in front. */
function framed(size: number): number {
  return 1 + varintSize(size) + size;
}

function varintSize(value: number): number {
  let size = 1;
  for (let left = value; left > 0x7f; left = Math.floor(left / 0x80)) {
    size += 1;
  }
  return size;
}

class Writer {
  readonly buffer: Buffer;
  #offset = 0;

  constructor(size: number) {
    this.buffer = Buffer.alloc(size);
  }

  tag(tag: number): void {
    this.#offset = this.buffer.writeUInt8(tag, this.#offset);
  }

  varint(value: number): void {
    let left = value;
    while (left > 0x7f) {
      this.#offset = this.buffer.writeUInt8((left % 0x80) | 0x80, this.#offset);
      left = Math.floor(left / 0x80);
    }
    this.#offset = this.buffer.writeUInt8(left, this.#offset);
  }

  text(tag: number, text: string): void {
    this.tag(tag);
    this.varint(Buffer.byteLength(text));
    this.#offset += this.buffer.write(text, this.#offset);
  }
}
