import type { Outcome } from '../../workflows/onboarding/model.ts';
import type { State } from '../status/member-status.ts';

/**
 * Every text of the report that a person sees, in one language. Codes, states, outcomes, and what
 * was recorded stay as they are. Counts and times arrive written as the page writes them.
 */
export interface Texts {
  /** Of `<html lang>`; also the order in which names are sorted. */
  readonly lang: string;
  readonly heading: string;
  readonly skipToMembers: string;
  readonly theme: {
    readonly label: string;
    readonly auto: string;
    readonly light: string;
    readonly dark: string;
  };
  /** `2 min 10 s`; of a duration in milliseconds. */
  readonly duration: (durationMs: number) => string;
  readonly answer: {
    readonly noMembers: string;
    readonly allCovered: (members: number) => string;
    readonly someCovered: (covered: number, members: number) => string;
    readonly unknown: (members: number) => string;
    readonly coveredSince: (time: string) => string;
    readonly coveredSinceBefore: (time: string) => string;
    readonly openSince: (time: string) => string;
    /** A state with how many are in it, for example `3 failed`. */
    readonly inState: (count: string, state: State) => string;
  };
  readonly facts: {
    readonly asOf: string;
    readonly managementAccount: string;
    readonly directory: string;
    readonly region: string;
    readonly enterpriseMode: string;
    readonly logStore: string;
    readonly evidence: string;
    readonly evidenceIs: (operation: string, group: string) => string;
    readonly noEvidence: string;
  };
  readonly remarks: string;
  /** A state or an outcome, with its explanation where the language is another than the word's. */
  readonly state: Readonly<Record<State, string>>;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly charts: {
    readonly heading: string;
    readonly period: (from: string, to: string) => string;
    readonly figures: string;
    readonly day: string;
    readonly nothing: string;
    readonly coverage: {
      readonly title: string;
      readonly says: string;
      readonly members: string;
      readonly covered: string;
      readonly notCovered: string;
      readonly note: string;
      readonly missing: (days: number) => string;
    };
    readonly timeToCoverage: {
      readonly title: string;
      readonly says: (accounts: number, median: string, most: string, longest: string) => string;
      readonly took: string;
      readonly accounts: string;
      readonly upTo: (duration: string) => string;
      readonly longer: (duration: string) => string;
      readonly slowest: string;
      readonly at: string;
      readonly note: string;
    };
    readonly outcomes: {
      readonly title: string;
      readonly says: string;
      readonly atMost: (accounts: string) => string;
      readonly note: string;
    };
    readonly errors: {
      readonly title: string;
      readonly says: (retries: number, codes: number) => string;
      readonly code: string;
      readonly retries: string;
      readonly runs: string;
      readonly accounts: string;
      readonly last: string;
      readonly message: string;
      readonly more: (codes: number) => string;
      readonly note: string;
    };
  };
  readonly members: {
    readonly heading: string;
    readonly withoutScript: string;
    readonly saveAs: string;
  };
  readonly about: {
    readonly heading: string;
    readonly states: Readonly<Record<State, string>>;
    readonly tries: string;
    readonly times: (offset: string) => string;
    readonly results: (from: string) => string;
    readonly cut: (accounts: number, results: number) => string;
    readonly notCut: string;
    readonly writtenBy: (command: string) => string;
  };
  /** What the page itself writes when it is used: no functions, since it goes there as JSON. */
  readonly page: PageTexts;
}

export interface PageTexts {
  readonly lang: string;
  readonly columns: {
    readonly state: string;
    readonly name: string;
    readonly account: string;
    readonly folder: string;
    readonly joined: string;
    readonly recorder: string;
    readonly last: string;
    readonly tries: string;
    readonly recommendation: string;
  };
  readonly tableLabel: string;
  readonly sortBy: string;
  readonly filter: string;
  readonly filterHint: string;
  readonly onlyStates: string;
  readonly clear: string;
  /** `{shown}`, `{matching}` and `{members}` are counts. */
  readonly shown: string;
  readonly noneMatch: string;
  /** `{count}` more rows. */
  readonly showMore: string;
  readonly showAll: string;
  readonly noName: string;
  readonly notInGroup: string;
  /** Of the recorder, where no account group was seen. */
  readonly notKnown: string;
  readonly noResult: string;
  readonly nothingToDo: string;
  /** `{name}` is an account. */
  readonly resultsOf: string;
  readonly since: string;
  readonly oneResult: string;
  /** `{count}` results. */
  readonly manyResults: string;
  /** `{count}` results are not in the file. */
  readonly leftOut: string;
  readonly recorder: string;
  readonly noRecorder: string;
  readonly trigger: string;
  readonly tries: string;
  readonly error: string;
  readonly run: string;
  readonly request: string;
}
