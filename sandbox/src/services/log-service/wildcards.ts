interface Wildcards {
  /** Stands for any number of characters. */
  readonly any: string;
  /** Stands for one character. */
  readonly one: string;
}

/**
 * Whether a whole text fits a pattern. What stands between two `any` is looked for from the left,
 * once, and never again: so no pattern takes longer than its length times that of the text, where one
 * regular expression for all of it could take for ever.
 */
export function createMatcher(pattern: string, { any, one }: Wildcards): (text: string) => boolean {
  const parts = pattern.split(any).map((part) => sourceOf(part, one));
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) {
    const whole = new RegExp(`^${first}$`, 'su');
    return (text) => whole.test(text);
  }
  const start = new RegExp(`^${first}`, 'su');
  const between = rest.map((part) => new RegExp(part, 'su'));
  const end = new RegExp(`${last}$`, 'su');
  return (text) => {
    let left = after(text, start);
    for (const part of between) left = left === undefined ? left : after(left, part);
    return left !== undefined && end.test(left);
  };
}

/** What follows the first match. */
function after(text: string, part: RegExp): string | undefined {
  const match = part.exec(text);
  return match === null ? undefined : text.slice(match.index + match[0].length);
}

function sourceOf(part: string, one: string): string {
  return part
    .split(one)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.');
}
