import { logError } from '../errors.ts';
import type { IndexConfig, Wording } from '../index-config.ts';
import type { Expression, Term } from './expression.ts';
import { isNumber } from './numbers.ts';
import { indexOf } from './terms.ts';
import { hasChinese } from './words.ts';

/**
 * Refuses what the index can't answer. A field without an index is an error, never an empty
 * result. Source: sls.aliyun.com/doc/sqlerror, "key (…) is not config as key value config".
 */
export function checkQuery(expression: Expression, index: IndexConfig): void {
  switch (expression.kind) {
    case 'all':
      return;
    case 'and':
    case 'or':
      for (const part of expression.parts) checkQuery(part, index);
      return;
    case 'not':
      checkQuery(expression.part, index);
      return;
    case 'anywhere':
      checkAnywhere(expression.term, index);
      return;
    case 'exists':
      knownField(expression.field, index);
      return;
    case 'field':
      checkField(expression.field, expression.term, index);
      return;
    case 'compare':
    case 'range':
      if (knownField(expression.field, index).type === 'text') {
        throw logError(
          'ParameterInvalid',
          `key (${expression.field}) is not config as numberic column`,
        );
      }
  }
}

function checkAnywhere(term: Term, index: IndexConfig): void {
  const textFields = [...index.keys.values()].filter((field) => field.type === 'text');
  const wordings: Wording[] = index.line === undefined ? textFields : [index.line, ...textFields];
  if (wordings.length === 0) {
    throw logError(
      'SandboxUnsupportedQuery',
      'A term without a field needs a full-text index or a text field.',
    );
  }
  for (const wording of wordings) refuseChinese(term, wording);
}

function checkField(name: string, term: Term, index: IndexConfig): void {
  const field = knownField(name, index);
  if (field.type === 'text') {
    refuseChinese(term, field);
  } else if (term.text !== '' && !isNumber(term.text, 'double')) {
    throw logError(
      'ParameterInvalid',
      `parse search query error: "${name}" is a ${field.type}: its value must be a number.`,
    );
  }
}

function knownField(name: string, index: IndexConfig) {
  // The service reads `source` as `__source__`, also where a field has that name.
  if (name === 'source') {
    throw logError(
      'SandboxUnsupportedQuery',
      'Write __source__: the sandbox does not model source.',
    );
  }
  const field = indexOf(name, index);
  if (field !== undefined) return field;
  throw logError(
    'ParameterInvalid',
    `key (${name}) is not config as key value config,if symbol : is in your log,please wrap : with quotation mark "`,
  );
}

/** How the service cuts Chinese into words is not documented. */
function refuseChinese(term: Term, wording: Wording): void {
  if (wording.chn && hasChinese(term.text)) {
    throw logError(
      'SandboxUnsupportedQuery',
      'The sandbox does not model how Chinese is cut into words where an index has chn.',
    );
  }
}
