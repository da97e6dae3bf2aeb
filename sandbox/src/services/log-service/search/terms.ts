import type { FieldIndex, IndexConfig, LineIndex } from '../index-config.ts';
import type { LogEntry } from '../log-entry.ts';
import { addPosition, type Positions } from './bits.ts';
import { isNumber } from './numbers.ts';
import { wordsOf } from './words.ts';

/** What a segment of logs holds, by word: what is searched instead of the logs. */
export interface Terms {
  readonly fields: ReadonlyMap<string, FieldTerms>;
  /** Words of what the full-text index covers and no text field has an index of its own for. */
  readonly line: Dictionary | undefined;
}

export interface FieldTerms {
  readonly index: FieldIndex;
  /** Where the field is. */
  present: Positions | undefined;
  /** Of text each word, an empty value as ''. Of numbers each as it is written. */
  readonly words: Dictionary;
}

export type Dictionary = Map<string, Positions>;

/** Fields that every log has and every index covers: one word each. */
const RESERVED_INDEX: FieldIndex = {
  type: 'text',
  analytics: true,
  token: [],
  caseSensitive: false,
  chn: false,
};
const RESERVED_FIELDS = ['__source__', '__topic__'];

/** How the index searches a field; `undefined` where it does not. */
export function indexOf(field: string, index: IndexConfig): FieldIndex | undefined {
  return RESERVED_FIELDS.includes(field) ? RESERVED_INDEX : index.keys.get(field);
}

export interface TermsBuilder extends Terms {
  /** `position`: higher than that of every log before it. Returns how many words are new. */
  add(entry: LogEntry, position: number): number;
}

export function createTerms(index: IndexConfig): TermsBuilder {
  const fields = new Map<string, FieldTerms>();
  const fieldTerms = (name: string, field: FieldIndex): FieldTerms => {
    const known = fields.get(name);
    if (known !== undefined) return known;
    const terms: FieldTerms = { index: field, present: undefined, words: new Map() };
    fields.set(name, terms);
    return terms;
  };
  for (const [name, field] of index.keys) fieldTerms(name, field);
  for (const name of RESERVED_FIELDS) fieldTerms(name, RESERVED_INDEX);
  const line = index.line === undefined ? undefined : createLine(index.line);

  const addValue = (name: string, value: string, position: number): number => {
    const terms = fields.get(name);
    const own = terms === undefined ? 0 : addToField(terms, value, position);
    // The reserved fields have no index of their own in what full text counts as such.
    return own + (line?.add(name, index.keys.has(name) ? undefined : value, position) ?? 0);
  };
  return {
    fields,
    line: line?.words,
    add({ contents, source, topic }, position) {
      let fresh = addValue('__source__', source, position) + addValue('__topic__', topic, position);
      for (const name of Object.keys(contents)) {
        fresh += addValue(name, contents[name] ?? '', position);
      }
      return fresh;
    },
  };
}

function addToField(terms: FieldTerms, value: string, position: number): number {
  const { index, words } = terms;
  terms.present = addPosition(terms.present, position);
  if (index.type !== 'text') {
    return isNumber(value, index.type) ? addWords(words, [value], position) : 0;
  }
  return addWords(words, value === '' ? [''] : wordsOf(value, index), position);
}

function createLine(line: LineIndex) {
  const words: Dictionary = new Map();
  const namesOf = new Map<string, readonly string[]>();
  const nameWords = (name: string): readonly string[] => {
    const known = namesOf.get(name);
    if (known !== undefined) return known;
    const cut = coveredBy(line, name) ? wordsOf(name, line) : [];
    namesOf.set(name, cut);
    return cut;
  };
  return {
    words,
    /** `value`: `undefined` where the field has an index of its own. */
    add(name: string, value: string | undefined, position: number): number {
      const fresh = addWords(words, nameWords(name), position);
      if (value === undefined || !coveredBy(line, name)) return fresh;
      return fresh + addWords(words, wordsOf(value, line), position);
    },
  };
}

function addWords(dictionary: Dictionary, words: readonly string[], position: number): number {
  const before = dictionary.size;
  for (const word of words) {
    const known = dictionary.get(word);
    const positions = addPosition(known, position);
    if (positions !== known) dictionary.set(word, positions);
  }
  return dictionary.size - before;
}

function coveredBy(line: LineIndex, name: string): boolean {
  if (line.includeKeys !== undefined) return line.includeKeys.includes(name);
  return !line.excludeKeys?.includes(name);
}
