/** JSON whose integers may be longer than a number holds exactly: account ids have 16 digits. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly JsonValue[]
  | JsonObject;

/** A key whose value is `undefined` is left out. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A bigint becomes a bare integer with all its digits, as the services write longs. */
export function renderJson(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (isList(value)) return `[${value.map(renderJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).flatMap(([key, member]) =>
      member === undefined ? [] : [`${JSON.stringify(key)}:${renderJson(member)}`],
    );
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
