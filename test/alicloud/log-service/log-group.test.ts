import protobuf from 'protobufjs';
import { expect, it } from 'vitest';
import {
  encodedLogSize,
  encodeLogGroup,
  type LogGroup,
} from '../../../alicloud/log-service/log-group.ts';

// As the service publishes it.
const schema = protobuf
  .parse(
    `syntax = "proto2";
  message Log {
    required uint32 Time = 1;
    message Content { required string Key = 1; required string Value = 2; }
    repeated Content Contents = 2;
    optional fixed32 Time_ns = 4;
  }
  message LogTag { required string Key = 1; required string Value = 2; }
  message LogGroup {
    repeated Log Logs = 1;
    optional string Reserved = 2;
    optional string Topic = 3;
    optional string Source = 4;
    repeated LogTag LogTags = 6;
  }`,
    { keepCase: true },
  )
  .root.lookupType('LogGroup');

function reference(group: LogGroup): Buffer {
  const message = {
    Logs: group.logs.map(({ timeS, contents }) => ({
      Time: timeS,
      Contents: Object.entries(contents).map(([Key, Value]) => ({ Key, Value })),
    })),
    ...(group.topic !== undefined && { Topic: group.topic }),
    ...(group.source !== undefined && { Source: group.source }),
  };
  return Buffer.from(schema.encode(message).finish());
}

const groups: Record<string, LogGroup> = {
  empty: { logs: [] },
  'a log without contents': { logs: [{ timeS: 0, contents: {} }] },
  'every length of a time': {
    logs: [0, 127, 128, 16_383, 16_384, 1_795_000_000, 2 ** 31, 2 ** 32 - 1].map((timeS) => ({
      timeS,
      contents: { a: 'b' },
    })),
  },
  'every length of a text': {
    logs: [0, 1, 127, 128, 16_383, 16_384, 70_000, 2_100_000].map((length) => ({
      timeS: 1_795_000_000,
      contents: { length: 'x'.repeat(length), '': '' },
    })),
  },
  'text of all planes': {
    logs: [{ timeS: 1_795_000_000, contents: { 账号: 'Größe – 网络 – 👩‍💻 – \u0000\n"' } }],
  },
  'topic and source': {
    logs: [{ timeS: 1_795_000_000, contents: { entry_id: 'e-1' } }],
    topic: 'onboarding',
    source: 'fc-é',
  },
  'an empty topic': { logs: [], topic: '' },
};

it.each(Object.entries(groups))('encodes as protobufjs does, byte by byte: %s', (_name, group) => {
  expect(encodeLogGroup(group).equals(reference(group))).toBe(true);
});

it('counts a log by what it adds to its group', () => {
  for (const { logs } of Object.values(groups)) {
    const sum = logs.reduce((size, log) => size + encodedLogSize(log), 0);
    expect(sum).toBe(encodeLogGroup({ logs }).length);
  }
});

it('writes what UTF-8 has no bytes for as the replacement character, and counts it so', () => {
  const logs = [{ timeS: 1, contents: { a: '\ud800' } }];
  const bytes = encodeLogGroup({ logs });
  expect(bytes.length).toBe(encodedLogSize(logs[0] ?? { timeS: 0, contents: {} }));
  expect(bytes.subarray(-3).toString()).toBe('\ufffd');
});
