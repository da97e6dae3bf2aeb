/** What `status` says of the members. */
export const status = {
  looking: 'looking at every member',
  none: 'The resource directory has no members.',
  noneNamed: 'None of these accounts is a member.',
  unknown: (total: number) => {
    const members = total === 1 ? 'the one member is' : `any of the ${total} members are`;
    return `It is not known whether ${members} covered: the account group can't be read.`;
  },
  all: (total: number) =>
    total === 1 ? 'The one member is covered.' : `All ${total} members are covered.`,
  some: (covered: number, total: number, others: string) =>
    `${covered} of ${total} members are covered: ${others}.`,
  uncoveredHint: 'onboard status --uncovered says what to do about those that are not covered.',
  enterpriseModeIsOff: (organizationStatus: string) =>
    `Enterprise mode is off (the organization is ${organizationStatus}), so no new member is recorded. onboard backfill turns it on.`,
  unreadable: (what: string, operation: string, code: string, message: string, advice: string) =>
    `${what} can't be read: ${operation} failed: ${code}: ${message} ${advice}`,
  accountGroup: 'The account group',
  logStore: 'The log store',
  folderNames: 'The names of the folders',
  enterpriseMode: 'Whether enterprise mode is on',
  noGroup:
    'No account group can be seen: set ACCOUNT_GROUP_ID if a delegated administrator owns it.',
  noResults: 'The log store has no results yet.',
  more: (members: number) => `and ${members} more: --limit shows no more than these.`,
  watching: (interval: string) => `watching: a look every ${interval}, Ctrl-C ends it`,
  changes: {
    from: (before: string, now: string) => `${before} → ${now}`,
    joined: (state: string) => `joined, ${state}`,
    left: 'left the directory',
  },
  columns: {
    account: 'account',
    name: 'name',
    recorder: 'recorder',
    lastResult: 'last result',
    when: 'when',
    outcome: 'outcome',
    because: 'because',
    whatToDo: 'what to do',
  },
  noneYet: 'none yet',
  notInGroup: 'not in group',
  recorderUnknown: 'unknown',
  asAbove: 'as above',
  advice: {
    turnOn: 'Run onboard backfill: it turns enterprise mode on.',
    overdue: 'No result says why: run onboard backfill, and look at what it records.',
    wait: 'Nothing to do now: the next run checks again.',
  },
};
