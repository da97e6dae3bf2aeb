import { entryOf, memberOf, reportOf } from './report-data.ts';

export const SCRIPT = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>';

/** Six members, one in each state that there is, one of them with hostile texts. */
export const SIX_MEMBERS = reportOf({
  members: [
    memberOf({
      accountId: '1000000000000011',
      name: 'payments',
      folderPath: ['Root', 'Core'],
      joinedAt: '2025-01-02T20:00:00.000Z',
      recorderStatus: 'REGISTERED',
      stateSince: '2026-05-01T00:00:00.000Z',
      timeline: [
        entryOf({
          outcome: 'covered',
          from: '2026-05-01T00:00:00.000Z',
          recorderStatus: 'REGISTERED',
          startAttempts: 3,
          triggers: ['event'],
        }),
      ],
    }),
    memberOf({
      accountId: '1000000000000012',
      name: SCRIPT,
      folderPath: ['<b>Root</b>'],
      state: 'failed',
      stateSince: '2026-05-03T00:00:00.000Z',
      recommendation: '<u>Allow</u> it & run it again',
      timeline: [
        entryOf({
          outcome: 'failed',
          from: '2026-05-03T01:00:00.000Z',
          to: '2026-05-03T06:00:00.000Z',
          results: 61,
          triggers: ['event', 'schedule'],
          errorCode: 'No<i>Permission',
          errorMessage: 'not "authorized" <script>alert(3)</script>',
          recommendation: '<u>Allow</u> it & run it again',
          runId: 'run-f',
          cloudRequestId: 'REQ-F',
        }),
        entryOf({ outcome: 'pending', recorderStatus: 'BUILDING', runId: 'run-p' }),
      ],
    }),
    memberOf({ accountId: '1000000000000013', name: '支付-生产', state: 'pending' }),
    memberOf({
      accountId: '1000000000000014',
      name: 'audit',
      state: 'overdue',
      recorderStatus: 'BUILDING',
      timeline: [entryOf({ outcome: 'overdue', startAttempts: 0 })],
    }),
    memberOf({
      accountId: '1000000000000015',
      name: 'audit-2',
      stateSince: '2026-05-02T00:00:00.000Z',
    }),
    memberOf({ accountId: '1000000000000016', state: 'covered' }),
  ],
  days: [{ day: '2026-05-03', atEnd: { members: 6, covered: 3 }, outcomes: { failed: 1 } }],
  coverings: [
    { accountId: '1000000000000011', at: '2026-05-01T00:00:00.000Z', durationMs: 250_000 },
  ],
  errors: [
    {
      code: 'No<i>Permission',
      accounts: 1,
      runs: 61,
      retries: 0,
      lastAt: '2026-05-03T06:00:00.000Z',
      lastMessage: SCRIPT,
    },
  ],
});
