import type { IndexConfig, LineIndex, Wording } from '../index-config.ts';
import type { LogEntry } from '../store.ts';
import type { Comparison, Expression, Term } from './expression.ts';
import { fieldsOf, fieldValue, indexOf } from './fields.ts';
import { compareNumbers, isNumber } from './numbers.ts';
import { patternsOf, wordsOf } from './words.ts';

const COMPARE: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Whether a log is found. `index` is the one in force when the log was written. */
export function matches(expression: Expression, entry: LogEntry, index: IndexConfig): boolean {
  switch (expression.kind) {
    case 'all':
      return true;
    case 'and':
      return expression.parts.every((part) => matches(part, entry, index));
    case 'or':
      return expression.parts.some((part) => matches(part, entry, index));
    case 'not':
      return !matches(expression.part, entry, index);
    case 'anywhere':
      return matchesAnywhere(expression.term, entry, index);
    case 'exists':
      return (
        indexOf(expression.field, index) !== undefined &&
        fieldValue(expression.field, entry) !== undefined
      );
    case 'field':
      return matchesField(expression.field, expression.term, entry, index);
    case 'compare':
      return numberMatches(expression.field, entry, index, (value) =>
        COMPARE[expression.operator](compareNumbers(value, expression.value)),
      );
    case 'range': {
      const { low, high } = expression;
      return numberMatches(expression.field, entry, index, (value) => {
        const above = COMPARE[low.included ? '>=' : '>'](compareNumbers(value, low.value));
        const below = COMPARE[high.included ? '<=' : '<'](compareNumbers(value, high.value));
        return above && below;
      });
    }
  }
}

function matchesField(name: string, term: Term, entry: LogEntry, index: IndexConfig): boolean {
  const field = indexOf(name, index);
  const value = fieldValue(name, entry);
  if (field === undefined || value === undefined) return false;
  if (field.type !== 'text') {
    const number = isNumber(value, field.type);
    return term.text === '' ? !number : number && compareNumbers(value, term.text) === 0;
  }
  return term.text === '' ? value === '' : matchesWords(term, wordsOf(value, field), field);
}

function numberMatches(
  name: string,
  entry: LogEntry,
  index: IndexConfig,
  test: (value: string) => boolean,
): boolean {
  const field = indexOf(name, index);
  const value = fieldValue(name, entry);
  if (field === undefined || field.type === 'text' || value === undefined) return false;
  return isNumber(value, field.type) && test(value);
}

/** Every word of the term is among the words; in which order does not matter. */
function matchesWords(term: Term, words: readonly string[], wording: Wording): boolean {
  if (!term.quoted && /[*?]/.test(term.text)) {
    return patternsOf(term.text, wording).every((pattern) =>
      words.some((word) => pattern.test(word)),
    );
  }
  const wanted = wordsOf(term.text, wording);
  return wanted.length > 0 && wanted.every((word) => words.includes(word));
}

/** Text fields with an index of their own by that, the rest of the log by the full-text index. */
function matchesAnywhere(term: Term, entry: LogEntry, index: IndexConfig): boolean {
  const rest: string[] = [];
  for (const [name, value] of fieldsOf(entry)) {
    const field = index.keys.get(name);
    if (field?.type === 'text') {
      if (matchesWords(term, wordsOf(value, field), field)) return true;
    }
    if (index.line !== undefined && coveredByLine(name, index.line)) {
      rest.push(...wordsOf(name, index.line));
      if (field === undefined) rest.push(...wordsOf(value, index.line));
    }
  }
  return index.line !== undefined && matchesWords(term, rest, index.line);
}

function coveredByLine(name: string, line: LineIndex): boolean {
  if (line.includeKeys !== undefined) return line.includeKeys.includes(name);
  return !line.excludeKeys?.includes(name);
}
