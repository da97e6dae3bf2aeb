/** What `account` says of one account. */
export const account = {
  looking: (accountId: string) => `looking at ${accountId}`,
  unknown: (accountId: string) =>
    `The resource directory does not list ${accountId}, and the log store has no result for it.`,
  gone: 'not in the resource directory (any more): what follows is what was recorded',
  facts: {
    folder: 'folder',
    joined: 'joined',
    state: 'state',
    recorder: 'recorder',
    whatToDo: 'what to do',
  },
  timeline: 'Timeline',
  noResults: 'No result was recorded.',
  /** Of results in a row that say the same. */
  times: (results: number, until: string) => `${results} times, until ${until}`,
  by: {
    event: (name: string) => `event ${name}`,
    schedule: 'schedule',
    manual: 'manual',
  },
  starts: (attempts: number) =>
    attempts === 1 ? 'recorder started once' : `recorder started, ${attempts} tries`,
  ids: { run: 'run', request: 'function request', cloud: 'evidence', event: 'event' },
};

/** What `logs` says. */
export const logs = {
  looking: 'reading what the functions printed',
  none: (days: number) =>
    `The functions printed nothing in the last ${days === 1 ? 'day' : `${days} days`}, or nothing that can be read yet.`,
  following: (interval: string) => `following: a look every ${interval}, Ctrl-C ends it`,
};

/** What `runs` says. */
export const runs = {
  looking: 'reading the runs',
  none: (days: number) => `No run in the last ${days === 1 ? 'day' : `${days} days`}.`,
  columns: {
    ended: 'ended',
    trigger: 'trigger',
    outcome: 'outcome',
    run: 'run',
    found: 'what it found',
  },
  /** In the place of a run's id. */
  folded: (runs: number) => `${runs} runs, until`,
  starts: (attempts: number) => `${attempts} ${attempts === 1 ? 'start' : 'starts'}`,
  summary: (total: number, days: number, outcomes: string) =>
    `${total} ${total === 1 ? 'run' : 'runs'} in the last ${days === 1 ? 'day' : `${days} days`}: ${outcomes}.`,
};
