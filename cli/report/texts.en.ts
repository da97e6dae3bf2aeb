import { describeDuration } from '../duration.ts';
import { en as command } from '../texts/en.ts';
import { formatCount } from './page/format.js';
import type { Texts } from './texts.ts';

const plural = (count: number, one: string, many: string) =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

export const en: Texts = {
  lang: 'en',
  heading: 'Account onboarding · coverage report',
  skipToMembers: 'Skip to the members',
  theme: { label: 'Theme', auto: 'System', light: 'Light', dark: 'Dark' },
  duration: (durationMs) => describeDuration(durationMs, command),
  answer: {
    noMembers: 'The resource directory has no members.',
    allCovered: (members) =>
      members === 1
        ? 'The one member is covered.'
        : `All ${formatCount(members)} members are covered.`,
    someCovered: (covered, members) =>
      `${formatCount(covered)} of ${plural(members, 'member', 'members')} ${covered === 1 ? 'is' : 'are'} covered, ${formatCount(members - covered)} ${members - covered === 1 ? 'is' : 'are'} not.`,
    unknown: (members) =>
      members === 1
        ? 'It is not known whether the one member is covered.'
        : `It is not known how many of the ${formatCount(members)} members are covered.`,
    coveredSince: (time) => `Since ${time}, when the last of them was found covered.`,
    coveredSinceBefore: (time) => `Since before ${time}, where the results of this report begin.`,
    openSince: (time) => `Of those that are not, the longest has been uncovered since ${time}.`,
    inState: (count, state) => `${count} ${state}`,
  },
  facts: {
    asOf: 'As of',
    managementAccount: 'Management account',
    directory: 'Resource directory',
    region: 'Region',
    enterpriseMode: 'Enterprise mode',
    logStore: 'Log store',
    evidence: 'Evidence',
    evidenceIs: (operation, group) => `${operation} of the account group ${group}, request ID`,
    noEvidence: 'None: the account group could not be read, or none can be seen.',
  },
  remarks: 'Remarks',
  state: {
    covered: 'covered',
    failed: 'failed',
    overdue: 'overdue',
    pending: 'pending',
    unknown: 'unknown',
  },
  outcome: {
    covered: 'covered',
    'already-covered': 'already-covered',
    pending: 'pending',
    overdue: 'overdue',
    failed: 'failed',
    skipped: 'skipped',
  },
  charts: {
    heading: 'Over time',
    period: (from, to) => `${from} to ${to}`,
    figures: 'The figures',
    day: 'Day',
    nothing: 'Nothing was recorded.',
    coverage: {
      title: 'Coverage',
      says: 'Members and how many of them were covered, at the end of each day; below, those that were not, on a scale of their own.',
      members: 'Members',
      covered: 'Covered',
      notCovered: 'Not covered',
      note: 'As counted by the last scheduled run of the day.',
      missing: (days) =>
        `${plural(days, 'day has', 'days have')} no scheduled run that saw the members, and no bar.`,
    },
    timeToCoverage: {
      title: 'Time to coverage',
      says: (accounts, median, most, longest) =>
        `${plural(accounts, 'account', 'accounts')} became covered: half within ${median}, 95% within ${most}, the slowest after ${longest}.`,
      took: 'Took',
      accounts: 'Accounts',
      upTo: (duration) => `up to ${duration}`,
      longer: (duration) => `over ${duration}`,
      slowest: 'The slowest',
      at: 'Covered at',
      note: 'From the start of the run that covered the account or, where earlier runs found it uncovered, from the first of them.',
    },
    outcomes: {
      title: 'Outcomes by day',
      says: 'Accounts by the last outcome recorded for them on the day; each row has a scale of its own.',
      atMost: (accounts) => `at most ${accounts}`,
      note: 'A scheduled run records an account only while it is not covered, and once more when it is.',
    },
    errors: {
      title: 'Retries by error code',
      says: (retries, codes) =>
        `${plural(retries, 'start', 'starts')} of the recorder ${retries === 1 ? 'was' : 'were'} tried again; ${plural(codes, 'error code was', 'error codes were')} met.`,
      code: 'Error code',
      retries: 'Retries',
      runs: 'Runs',
      accounts: 'Accounts',
      last: 'Last',
      message: 'Last message',
      more: (codes) => `${plural(codes, 'more code is', 'more codes are')} in the figures.`,
      note: 'A code without retries is that of a call that was not repeated in its run.',
    },
  },
  members: {
    heading: 'Members',
    withoutScript:
      'The list of members needs JavaScript. The data is in this file; nothing is loaded from elsewhere.',
    saveAs: 'Save all members as',
  },
  about: {
    heading: 'How to read this report',
    states: {
      covered: 'The account group says REGISTERED for the account: Cloud Config records it.',
      failed: 'Not covered, and the last result is an error that a person has to act on.',
      overdue: 'Not covered for longer than the limit that was set.',
      pending: 'Not covered yet, and nothing but time is missing as far as is known.',
      unknown: 'The account group could not be read, so nothing is stated.',
    },
    tries:
      'Tries are how often the run started the recorder, which is for the whole organization; 0 when it did not need to.',
    times: (offset) => `Days and times are in UTC${offset}.`,
    results: (from) =>
      `Results since ${from} were read. Results in a row that agree in outcome, recorder and error code are one line.`,
    cut: (accounts, results) =>
      `To limit the size of this file, ${plural(results, 'older result', 'older results')} of ${plural(accounts, 'account', 'accounts')} ${results === 1 ? 'is' : 'are'} left out; the log store has ${results === 1 ? 'it' : 'them'}.`,
    notCut: 'None of them is left out.',
    writtenBy: (command) => `Written by ${command}.`,
  },
  page: {
    lang: 'en',
    columns: {
      state: 'State',
      name: 'Name',
      account: 'Account ID',
      folder: 'Folder',
      joined: 'Joined',
      recorder: 'Recorder',
      last: 'Last result',
      tries: 'Tries',
      recommendation: 'What to do',
    },
    tableLabel: 'Members',
    sortBy: 'Sort by',
    filter: 'Filter',
    filterHint: 'Name, ID, folder, error, …',
    onlyStates: 'Only',
    clear: 'Clear',
    shown: '{matching} of {members} members match, {shown} shown',
    noneMatch: 'No member matches.',
    showMore: 'Show {count} more',
    showAll: 'Show all',
    noName: 'no name',
    notInGroup: 'not in group',
    notKnown: 'not known',
    noResult: 'none yet',
    nothingToDo: '–',
    resultsOf: 'Results of {name}',
    since: 'since {time}',
    oneResult: '1 result',
    manyResults: '{count} results',
    leftOut: '{count} older results are not in this file; the log store has them.',
    recorder: 'recorder {status}',
    noRecorder: 'no recorder status',
    trigger: 'trigger {triggers}',
    tries: 'tries {count}',
    error: 'error',
    run: 'run',
    request: 'request',
  },
};
