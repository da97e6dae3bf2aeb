import { describe, expect, test } from 'vitest';
import { renderCsv } from '../../../cli/report/page/csv.js';
import { membersCsv, reportJson } from '../../../cli/report/page/exports.js';
import { entryOf, memberOf, reportOf } from '../../support/report/report-data.ts';

const NAMES = ['id', 'text'];

describe('CSV for a spreadsheet', () => {
  const cellOf = (text: string) => {
    const csv = renderCsv(['text'], [{ text }]);
    return csv.slice('\uFEFFtext\r\n'.length, -'\r\n'.length);
  };

  test('begins with a byte order mark, and every line ends with CRLF', () => {
    const csv = renderCsv(NAMES, [{ id: 'a', text: '支付' }]);
    expect(csv).toBe('\uFEFFid,text\r\na,支付\r\n');
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\0=1',
    ' =1',
    '\u00A0=1',
    '\u200B=1',
    '\uFEFF=1',
    '＝1',
    '\ttext',
    '\rtext',
  ])('%j is no formula', (text) => {
    expect(cellOf(text).replace(/^"/, '')).toBe(`'${text}${/[\r\n]/.test(text) ? '"' : ''}`);
  });

  test.each(['a=b', 'say -1', '1-2', 'mail@example.com', '{=1}', 'NoPermission: no'])(
    '%j stays as it is',
    (text) => {
      expect(cellOf(text)).toBe(text);
    },
  );

  test.each(['1234567890123456', '123456789012', '007'])(
    '%j keeps its digits: a tab after them makes it text',
    (text) => {
      expect(cellOf(text)).toBe(`"${text}\t"`);
    },
  );

  test.each(['0', '7', '42', '12345678901'])('%j stays a number', (text) => {
    expect(cellOf(text)).toBe(text);
  });
});

test('members as CSV: each with its last result, names as in the log store', () => {
  const csv = membersCsv([
    memberOf({
      accountId: '1000000000000011',
      name: 'a "b", c',
      folderPath: ['Root', '支付'],
      joinedAt: '2025-01-02T03:04:05.000Z',
      recorderStatus: 'BUILDING',
      state: 'pending',
      stateSince: '2026-05-03T05:00:00.000Z',
      recommendation: '-wait-',
      timeline: [
        entryOf({
          to: '2026-05-03T06:04:00.000Z',
          triggers: ['event', 'schedule'],
          recorderStatus: 'REBUILDING',
          startAttempts: 2,
          runId: 'run-9',
          cloudRequestId: 'REQ-9',
          errorCode: 'ProcessIsRunning',
          errorMessage: 'The process\nis running.',
        }),
        entryOf({ outcome: 'failed', runId: 'run-8' }),
      ],
    }),
    memberOf({ accountId: '1000000000000012' }),
  ]);
  expect(csv).toBe(
    '\uFEFFaccount_id,account_name,folder_path,joined_time,recorder_status,state,state_since,last_outcome,last_recorder_status,last_time,last_trigger,start_attempts,run_id,cloud_request_id,error_code,error_message,recommendation\r\n' +
      '"1000000000000011\t","a ""b"", c",Root / 支付,2025-01-02T03:04:05.000Z,BUILDING,pending,2026-05-03T05:00:00.000Z,pending,REBUILDING,2026-05-03T06:04:00.000Z,schedule,2,run-9,REQ-9,ProcessIsRunning,"The process\nis running.",\'-wait-\r\n' +
      '"1000000000000012\t",,Root,,,covered,,,,,,,,,,,\r\n',
  );
});

test('JSON is the data with a version, nothing cut', () => {
  const data = reportOf({ members: [memberOf({ timeline: [entryOf({})] })] });
  expect(JSON.parse(reportJson(data))).toEqual({ schemaVersion: 1, ...data });
});
