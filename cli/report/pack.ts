import { ENTRY_SHAPE, type Kind, MEMBER_SHAPE, type Row, type Shape } from './page/unpack.js';
import type { Member, ReportData } from './report-data.ts';

/** The report's data as the page carries it; `unpack` in the page is its inverse. */
export interface Packed {
  readonly data: Omit<ReportData, 'members'>;
  readonly texts: readonly string[];
  readonly members: readonly Row[];
}

/** What had to be cut from timelines. */
export interface Cut {
  readonly accounts: number;
  readonly results: number;
}

/**
 * Packs the data into at most `largestBytes`, cutting the oldest entries of the longest timelines as
 * far as it takes, alike for all; each member says how many results it lost. Every timeline keeps
 * its newest entry, and nothing else is ever cut: with very many members it may be larger. Throws a
 * `RangeError` for a time that is none.
 */
export function fitAndPack(
  data: ReportData,
  largestBytes: number,
): { readonly packed: Packed; readonly cut: Cut } {
  const packedTo = (entries: number) => {
    const members = data.members.map((member) => cutTimeline(member, entries));
    const packed = pack({ ...data, members });
    const fits = Buffer.byteLength(JSON.stringify(packed)) <= largestBytes;
    return { packed, cut: cutOf(members), fits };
  };
  const longest = data.members.reduce((most, { timeline }) => Math.max(most, timeline.length), 1);
  const whole = packedTo(longest);
  if (whole.fits) return whole;
  // What fits is searched for between these: the one does, if anything does, the other does not.
  let [fitting, tooMany] = [1, longest];
  while (tooMany - fitting > 1) {
    const entries = Math.floor((fitting + tooMany) / 2);
    if (packedTo(entries).fits) fitting = entries;
    else tooMany = entries;
  }
  return packedTo(fitting);
}

function cutTimeline(member: Member, longest: number): Member {
  const { timeline, resultsLeftOut = 0 } = member;
  if (timeline.length <= longest) return member;
  const lost = timeline.slice(longest).reduce((sum, { results }) => sum + results, 0);
  return {
    ...member,
    timeline: timeline.slice(0, longest),
    resultsLeftOut: resultsLeftOut + lost,
  };
}

function cutOf(members: readonly Member[]): Cut {
  const lost = members.map(({ resultsLeftOut = 0 }) => resultsLeftOut).filter((one) => one > 0);
  return { accounts: lost.length, results: lost.reduce((sum, one) => sum + one, 0) };
}

function pack({ members, ...data }: ReportData): Packed {
  const asOfMs = msOf(data.asOf);
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const rowOf = (object: object, shape: Shape): Row => {
    const row = shape.map(([name, kind]) => {
      const value: unknown = Reflect.get(object, name);
      return value === undefined ? null : write[kind](value);
    });
    return row.slice(0, row.findLastIndex((value) => value !== null) + 1);
  };
  const write: Record<Kind, (value: unknown) => unknown> = {
    plain: (value) => value,
    text: (value) => placeOf(String(value)),
    texts: (values) => listOf(values).map((value) => placeOf(String(value))),
    time: (value) => asOfMs - msOf(String(value)),
    timeline: (entries) => listOf(entries).map((entry) => rowOf(Object(entry), ENTRY_SHAPE)),
  };
  const rows = members.map((member) => rowOf(member, MEMBER_SHAPE));
  return { data, texts: [...places.keys()], members: rows };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function msOf(time: string): number {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) {
    throw new RangeError(`The report's data has a time that is none: ${JSON.stringify(time)}.`);
  }
  return ms;
}
