import type { IndexConfig } from './index-config.ts';
import type { LogEntry, StoredEntry } from './log-entry.ts';
import { createTerms, type TermsBuilder } from './search/terms.ts';

/** The logs of one logstore, oldest arrival first, as many as are kept. */
export interface LogHistory {
  append(entries: readonly LogEntry[], arrival: Arrival): void;
  /** Forgets what arrived at or before. */
  expire(arrivedAtMs: number): void;
  all(): readonly StoredEntry[];
  /** What is there now; later arrivals don't change it. */
  slices(): readonly Slice[];
}

interface Arrival {
  readonly atMs: number;
  readonly visibleAtMs: number;
  readonly index: IndexConfig | undefined;
}

export interface HistoryLimits {
  readonly mostLogs: number;
  /** Over it the oldest segment goes, some thousand logs. */
  readonly mostBytes: number;
}

/** A part of a segment: logs that arrived one after the other under one index. */
export interface Slice {
  readonly entries: readonly StoredEntry[];
  /** The first that is still kept, and the first that is not there yet. */
  readonly from: number;
  readonly to: number;
  readonly index: IndexConfig | undefined;
  /** Over all entries of the segment, kept or not. `undefined` without an index. */
  readonly terms: TermsBuilder | undefined;
  /** Of all its logs: none is outside. */
  readonly earliestS: number;
  readonly latestS: number;
  /** From when on all of them can be read. */
  readonly visibleAtMs: number;
}

interface Segment {
  readonly entries: StoredEntry[];
  from: number;
  bytes: number;
  readonly index: IndexConfig | undefined;
  readonly terms: TermsBuilder | undefined;
  earliestS: number;
  latestS: number;
  visibleAtMs: number;
}

const SEGMENT_LOGS = 4096;
/** Of the bytes that there may be, in one segment. */
const SEGMENT_SHARE = 1 / 16;
/** What a log, or a word in the index, takes beside its characters, roughly. */
const OVERHEAD_BYTES = 100;

export function createHistory({ mostLogs, mostBytes }: HistoryLimits): LogHistory {
  let segments: Segment[] = [];
  let logs = 0;
  let bytes = 0;

  function segmentFor(index: IndexConfig | undefined): Segment {
    const last = segments.at(-1);
    const isFull = (segment: Segment): boolean =>
      segment.entries.length === SEGMENT_LOGS || segment.bytes > mostBytes * SEGMENT_SHARE;
    if (last !== undefined && last.index === index && !isFull(last)) return last;
    const terms = index === undefined ? undefined : createTerms(index);
    const times = { earliestS: Number.POSITIVE_INFINITY, latestS: 0, visibleAtMs: 0 };
    const segment = { entries: [], from: 0, bytes: 0, index, terms, ...times };
    segments.push(segment);
    return segment;
  }

  /** Forgets the oldest while `isOver` says so of it. */
  function forget(isOver: (oldest: StoredEntry) => boolean): void {
    let empty = 0;
    for (const segment of segments) {
      for (let oldest = segment.entries[segment.from]; oldest !== undefined; ) {
        if (!isOver(oldest)) break;
        logs -= 1;
        segment.from += 1;
        oldest = segment.entries[segment.from];
      }
      if (segment.from < segment.entries.length) break;
      bytes -= segment.bytes;
      empty += 1;
    }
    if (empty > 0) segments = segments.slice(empty);
  }

  function forgetSegments(): void {
    while (bytes > mostBytes && segments.length > 1) {
      const [oldest, ...rest] = segments;
      bytes -= oldest?.bytes ?? 0;
      logs -= (oldest?.entries.length ?? 0) - (oldest?.from ?? 0);
      segments = rest;
    }
  }

  return {
    append(entries, { atMs, visibleAtMs, index }) {
      for (const entry of entries) {
        const segment = segmentFor(index);
        const stored: StoredEntry = { ...entry, arrivedAtMs: atMs, visibleAtMs, index };
        const words = segment.terms?.add(stored, segment.entries.length) ?? 0;
        segment.entries.push(stored);
        const grownBy = bytesOf(stored) + words * OVERHEAD_BYTES;
        segment.bytes += grownBy;
        bytes += grownBy;
        segment.earliestS = Math.min(segment.earliestS, stored.timeS);
        segment.latestS = Math.max(segment.latestS, stored.timeS);
        segment.visibleAtMs = Math.max(segment.visibleAtMs, visibleAtMs);
        logs += 1;
      }
      forget(() => logs > mostLogs);
      forgetSegments();
    },
    expire: (arrivedAtMs) => forget((oldest) => oldest.arrivedAtMs <= arrivedAtMs),
    all: () => segments.flatMap(({ entries, from }) => entries.slice(from)),
    slices: () => segments.map((segment) => ({ ...segment, to: segment.entries.length })),
  };
}

function bytesOf({ contents, source, topic }: LogEntry): number {
  let characters = source.length + topic.length;
  for (const name of Object.keys(contents)) {
    characters += name.length + (contents[name]?.length ?? 0);
  }
  return 2 * characters + OVERHEAD_BYTES;
}
