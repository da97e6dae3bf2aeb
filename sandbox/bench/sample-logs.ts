import type { LogEntry } from '../src/services/log-service/index.ts';

const TEXTS = [
  'account_id',
  'account_name',
  'entry_id',
  'entry_type',
  'error_code',
  'event_name',
  'function_request_id',
  'message',
  'outcome',
  'recommendation',
  'recorder_status',
  'run_id',
  'time',
  'trigger',
];
const LONGS = ['duration_ms', 'start_attempts', 'api_calls'];
const TOKEN = [...' \t\r\n,\'";=()[]{}?@&<>/:'];

/** As an application of some size has it. */
export const INDEX = {
  keys: {
    ...Object.fromEntries(
      TEXTS.map((name) => [name, { type: 'text', token: TOKEN, doc_value: true }]),
    ),
    ...Object.fromEntries(LONGS.map((name) => [name, { type: 'long', doc_value: true }])),
  },
};

const OUTCOMES = ['covered', 'already-covered', 'pending', 'failed', 'overdue'];
const CODES = ['NoPermission', 'Throttling.User', 'ServiceUnavailable'];

/** One of many: of 2,000 accounts, a minute's worth a second. */
export function sampleEntry(number: number): LogEntry {
  const nowS = Math.floor(Date.now() / 1000);
  const timeS = nowS - (number % 86_400);
  const outcome = OUTCOMES[number % OUTCOMES.length] ?? '';
  return {
    timeS,
    source: '10.0.0.1',
    topic: 'onboarding',
    contents: {
      entry_id: `entry-${number.toString(16).padStart(12, '0')}`,
      entry_type: 'account',
      run_id: `run-${Math.floor(number / 50).toString(16)}`,
      trigger: 'schedule',
      event_name: 'CreateResourceAccount',
      function_request_id: `1-${(number * 2654435761) % 2 ** 32}-${number}`,
      time: new Date(timeS * 1000).toISOString(),
      account_id: String(1_000_000_000_000_000 + (number % 2000)),
      account_name: `payments-${number % 2000}`,
      outcome,
      recorder_status: outcome === 'failed' ? 'NOT_REGISTERED' : 'REGISTERED',
      duration_ms: String((number * 7919) % 10_000),
      start_attempts: String(number % 3),
      ...(outcome === 'failed' && {
        error_code: CODES[number % CODES.length] ?? '',
        message: 'The account is not in the account group, and no recorder was started for it.',
        recommendation: 'Allow config:StartConfigurationRecorder in the policy of the caller.',
      }),
    },
  };
}
