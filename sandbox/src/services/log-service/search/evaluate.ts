import type { IndexConfig, Wording } from '../index-config.ts';
import {
  allBits,
  type Bits,
  bitsOf,
  complement,
  difference,
  intersection,
  isEmpty,
  noBits,
  union,
  withPositions,
} from './bits.ts';
import type { Comparison, Expression, Term } from './expression.ts';
import { compareNumbers } from './numbers.ts';
import type { Dictionary, Terms } from './terms.ts';
import { patternsOf, wordsOf } from './words.ts';

const COMPARE: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Logs under one index. */
export interface Searched {
  /** How many they are. */
  readonly size: number;
  readonly index: IndexConfig;
  readonly terms: Terms;
}

/** Which logs are found. */
export function matching(expression: Expression, searched: Searched): Bits {
  const { size, terms } = searched;
  switch (expression.kind) {
    case 'all':
      return allBits(size);
    case 'and': {
      const found = allBits(size);
      for (const part of expression.parts) {
        intersection(found, matching(part, searched));
        if (isEmpty(found)) break;
      }
      return found;
    }
    case 'or': {
      const found = noBits(size);
      for (const part of expression.parts) union(found, matching(part, searched));
      return found;
    }
    case 'not':
      return complement(matching(expression.part, searched));
    case 'anywhere':
      return anywhere(expression.term, searched);
    case 'exists':
      return bitsOf(size, terms.fields.get(expression.field)?.present);
    case 'field':
      return inField(expression.field, expression.term, searched);
    case 'compare':
      return numbersIn(expression.field, searched, (value) =>
        COMPARE[expression.operator](compareNumbers(value, expression.value)),
      );
    case 'range': {
      const { low, high } = expression;
      return numbersIn(expression.field, searched, (value) => {
        const above = COMPARE[low.included ? '>=' : '>'](compareNumbers(value, low.value));
        const below = COMPARE[high.included ? '<=' : '<'](compareNumbers(value, high.value));
        return above && below;
      });
    }
  }
}

function inField(name: string, term: Term, searched: Searched): Bits {
  const field = searched.terms.fields.get(name);
  if (field === undefined) return noBits(searched.size);
  const { index, words, present } = field;
  if (index.type !== 'text') {
    if (term.text !== '') {
      return numbersIn(name, searched, (value) => compareNumbers(value, term.text) === 0);
    }
    const numbers = numbersIn(name, searched, () => true);
    return difference(bitsOf(searched.size, present), numbers);
  }
  return term.text === ''
    ? bitsOf(searched.size, words.get(''))
    : inWords(term, words, index, searched.size);
}

function numbersIn(name: string, searched: Searched, test: (value: string) => boolean): Bits {
  const found = noBits(searched.size);
  const field = searched.terms.fields.get(name);
  if (field === undefined || field.index.type === 'text') return found;
  for (const [value, positions] of field.words) {
    if (test(value)) withPositions(found, positions);
  }
  return found;
}

/** Every word of the term is among the words; in which order does not matter. */
function inWords(term: Term, words: Dictionary, wording: Wording, size: number): Bits {
  if (!term.quoted && /[*?]/.test(term.text)) {
    const found = allBits(size);
    for (const fits of patternsOf(term.text, wording)) {
      const fitting = noBits(size);
      for (const [word, positions] of words) {
        if (word !== '' && fits(word)) withPositions(fitting, positions);
      }
      intersection(found, fitting);
    }
    return found;
  }
  const [first, ...rest] = wordsOf(term.text, wording);
  if (first === undefined) return noBits(size);
  const found = bitsOf(size, words.get(first));
  for (const word of rest) {
    if (isEmpty(found)) break;
    intersection(found, bitsOf(size, words.get(word)));
  }
  return found;
}

/** Text fields with an index of their own by that, the rest of the log by the full-text index. */
function anywhere(term: Term, { size, index, terms }: Searched): Bits {
  const found = noBits(size);
  for (const name of index.keys.keys()) {
    const field = terms.fields.get(name);
    if (field?.index.type === 'text') {
      union(found, inWords(term, field.words, field.index, size));
    }
  }
  if (index.line !== undefined && terms.line !== undefined) {
    union(found, inWords(term, terms.line, index.line, size));
  }
  return found;
}
