import type { Result } from '../../../cli/report/reduce-results.ts';
import type { Member, ReportData, TimelineEntry } from '../../../cli/report/report-data.ts';

/** A result with what a test is about. */
export function resultOf(rest: Partial<Result>): Result {
  return {
    accountId: '1000000000000011',
    time: '2026-05-03T06:00:00.000Z',
    outcome: 'pending',
    trigger: 'schedule',
    runId: 'run-1',
    startAttempts: 1,
    durationMs: 0,
    ...rest,
  };
}

export function entryOf(rest: Partial<TimelineEntry>): TimelineEntry {
  const from = rest.from ?? '2026-05-03T06:00:00.000Z';
  return {
    outcome: 'pending',
    from,
    to: from,
    results: 1,
    triggers: ['schedule'],
    startAttempts: 1,
    runId: 'run-1',
    ...rest,
  };
}

export function memberOf(rest: Partial<Member>): Member {
  return {
    accountId: '1000000000000011',
    folderPath: ['Root'],
    state: 'covered',
    timeline: [],
    ...rest,
  };
}

export function reportOf(rest: Partial<ReportData>): ReportData {
  return {
    asOf: '2026-05-03T06:05:12.345Z',
    managementAccountId: '1000000000000001',
    directoryId: 'rd-3G2k8z',
    region: 'cn-hangzhou',
    logProject: 'onboarding-logs',
    logStore: 'results',
    organizationStatus: 'REGISTERED',
    evidence: { operation: 'GetAggregator', accountGroupId: 'ca-7d5f', requestId: 'REQ-EVIDENCE' },
    resultsFrom: '2026-02-02T06:05:12.345Z',
    utcOffsetMinutes: 480,
    remarks: [],
    writtenBy: 'onboard 0.1.0',
    members: [],
    days: [],
    coverings: [],
    errors: [],
    ...rest,
  };
}
