/** Items in a row that are alike, by their key: in order, none empty. */
export function foldAlike<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups: [T, ...T[]][] = [];
  let key: string | undefined;
  for (const item of items) {
    const own = keyOf(item);
    const last = groups.at(-1);
    if (last !== undefined && own === key) last.push(item);
    else groups.push([item]);
    key = own;
  }
  return groups;
}

/** `2026-05-03 06:04:12Z`: a moment of a log, the same for every reader. */
export function formatMoment(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)}Z`;
}
