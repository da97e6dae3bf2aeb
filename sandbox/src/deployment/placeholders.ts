/** What a caller's texts may name of a sandbox whose port it does not know yet. */
export interface Placeholders {
  /** `http://127.0.0.1:{port}`, of every service. */
  readonly endpoint: string;
  /** `127.0.0.1:{port}` */
  readonly host: string;
  readonly region: string;
  /** The management account. */
  readonly accountId: string;
}

/**
 * The texts with `{endpoint}`, `{host}`, `{region}` and `{accountId}` filled in. Throws a
 * `RangeError` for another name in braces; braces around anything but letters stay as they are.
 */
export function fillIn(
  texts: Readonly<Record<string, string>>,
  placeholders: Placeholders,
): Record<string, string> {
  const values = new Map(Object.entries(placeholders));
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.replace(/\{([A-Za-z]+)\}/g, (whole, key: string) => {
        const value = values.get(key);
        if (value !== undefined) return value;
        const known = [...values.keys()].map((each) => `{${each}}`).join(', ');
        throw new RangeError(`There is no ${whole}, which ${name} names. Known: ${known}`);
      }),
    ]),
  );
}
