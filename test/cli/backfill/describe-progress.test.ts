import { expect, test } from 'vitest';
import { describeProgress, type ProgressFacts } from '../../../cli/backfill/describe-progress.ts';
import { en } from '../../../cli/texts/en.ts';
import { countOutcomes } from '../../../workflows/onboarding/model.ts';

const NO_ACCOUNTS = countOutcomes([]);

interface Case {
  readonly name: string;
  readonly counts?: Partial<ProgressFacts['counts']>;
  readonly total?: number;
  readonly toBuild?: number;
  readonly elapsedS: number;
  readonly says: string;
}

const cases: readonly Case[] = [
  {
    name: 'nothing yet: what is usual',
    total: 250,
    toBuild: 250,
    elapsedS: 12,
    says: 'covered 0 of 250 · 12 s of 14 min at most · usually 2 to 10 min',
  },
  {
    name: 'nothing yet, after that time: that it is not usual',
    total: 250,
    toBuild: 250,
    elapsedS: 720,
    says: 'covered 0 of 250 · 12 min of 14 min at most · longer than usual, which is 2 to 10 min',
  },
  {
    name: 'nothing to build: nothing about building',
    total: 250,
    toBuild: 0,
    elapsedS: 2,
    says: 'covered 0 of 250 · 2 s of 14 min at most',
  },
  {
    name: 'the first of many says nothing of the rest',
    counts: { covered: 1 },
    total: 1000,
    toBuild: 1000,
    elapsedS: 240,
    says: 'covered 1 of 1000 · 4 min of 14 min at most · usually 2 to 10 min',
  },
  {
    name: 'a fifth: from the speed so far',
    counts: { covered: 50 },
    total: 250,
    toBuild: 250,
    elapsedS: 60,
    says: 'covered 50 of 250 · 1 min of 14 min at most · about 4 min left',
  },
  {
    name: 'what was covered before says nothing of the speed',
    counts: { covered: 0, alreadyCovered: 200 },
    total: 250,
    toBuild: 50,
    elapsedS: 60,
    says: 'covered 200 of 250 · 1 min of 14 min at most · usually 2 to 10 min',
  },
  {
    name: 'what has a result is not left',
    counts: { covered: 100, alreadyCovered: 100, failed: 40, skipped: 7 },
    total: 250,
    toBuild: 150,
    elapsedS: 100,
    says: 'covered 200 of 250, 40 failed · 1 min 40 s of 14 min at most · about 10 s left',
  },
  {
    name: 'all',
    counts: { covered: 250 },
    total: 250,
    toBuild: 250,
    elapsedS: 130,
    says: 'covered 250 of 250 · 2 min 10 s of 14 min at most',
  },
  {
    name: 'picked up: the whole is not known, so nothing is estimated',
    counts: { covered: 120 },
    elapsedS: 10,
    says: 'covered 120 so far · 10 s of 14 min at most',
  },
];

test('picked up: beside what there could be', () => {
  const counts = { ...NO_ACCOUNTS, covered: 120 };
  const { text } = describeProgress({ counts, members: 250, elapsedMs: 0, waitMs: 1 }, en);
  expect(text).toBe('covered 120 of at most 250, the members of the directory');
});

test.each(cases)('$name', ({ counts, elapsedS, says, total, toBuild }) => {
  const facts = {
    counts: { ...NO_ACCOUNTS, ...counts },
    elapsedMs: elapsedS * 1_000,
    waitMs: 840_000,
  };
  const { text, timing } = describeProgress({ ...facts, total, toBuild }, en);
  expect(`${text} · ${timing}`).toBe(says);
});
