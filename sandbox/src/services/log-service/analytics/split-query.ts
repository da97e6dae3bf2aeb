import { logError } from '../errors.ts';

/** A bound of the sandbox. */
const LONGEST_QUERY = 65_536;

interface SplitQuery {
  readonly search: string;
  /** What follows the first `|` outside of quotation marks; `undefined` without one. */
  readonly statement: string | undefined;
}

/**
 * `search | statement`. Quotation marks and their escapes are those of the search statement. Throws
 * `SandboxUnsupportedQuery` for what is too long.
 */
export function splitQuery(query: string): SplitQuery {
  if (query.length > LONGEST_QUERY) {
    throw logError(
      'SandboxUnsupportedQuery',
      `The sandbox does not model a query of more than ${LONGEST_QUERY} characters.`,
    );
  }
  let quoted = false;
  for (let at = 0; at < query.length; at += 1) {
    const character = query.charAt(at);
    if (character === '\\' && ['"', '\\'].includes(query.charAt(at + 1))) {
      at += 1;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === '|' && !quoted) {
      return { search: query.slice(0, at), statement: query.slice(at + 1) };
    }
  }
  return { search: query, statement: undefined };
}
