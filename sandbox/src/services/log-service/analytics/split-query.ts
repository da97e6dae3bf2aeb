interface SplitQuery {
  readonly search: string;
  /** What follows the first `|` outside of quotation marks; `undefined` without one. */
  readonly statement: string | undefined;
}

/** `search | statement`. Quotation marks and their escapes are those of the search statement. */
export function splitQuery(query: string): SplitQuery {
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
