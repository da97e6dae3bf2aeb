/** Which members a value has, as far as a definition says. */
import type { State } from './state-machine.ts';

/** Members that are there; `true` where what is inside is not known. */
export type Shape = { readonly [key: string]: Shape } | true;

interface Scope {
  readonly $Context: Shape;
  readonly $Input: Shape;
  readonly $Output: Shape;
}

export function scopeOf(input: Shape, answer: object): Scope {
  const error = { Code: true, Detail: true } as const;
  return {
    $Context: {
      Execution: { Name: true, Input: true, RoleArn: true },
      Current: { Name: true, Input: input, Error: error, RetryCount: true },
    },
    $Input: input,
    $Output: { Body: membersOf(answer) },
  };
}

function membersOf(value: unknown): Shape {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, membersOf(one)]));
}

/** The shape of what a constructor makes. */
export function shapeOf(members: Readonly<Record<string, unknown>>, scope: Scope): Shape {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]): [string, Shape] => {
      if (!key.endsWith('.$')) return [key, true];
      const path = /^\$[A-Za-z.]+$/.exec(String(value))?.[0];
      return [key.slice(0, -2), path === undefined ? true : (look(path, scope) ?? true)];
    }),
  );
}

export function inBoth(a: Shape, b: Shape): Shape {
  if (a === true || b === true) return a === true ? b : a;
  return Object.fromEntries(
    Object.entries(a).flatMap(([key, shape]) => {
      const other = b[key];
      return other === undefined ? [] : [[key, inBoth(shape, other)]];
    }),
  );
}

export function unknownReads(one: State, input: Shape, answer: object): string[] {
  const scope = scopeOf(input, answer);
  return textsOf(one)
    .flatMap((value) => value.match(/\$[A-Za-z]+(?:\.[A-Za-z]+)*/g) ?? [])
    .filter((path) => look(path, scope) === undefined)
    .map((path) => `${one.Name}: there is no ${path}`);
}

function look(path: string, scope: Scope): Shape | undefined {
  let shape: Shape | undefined = { ...scope };
  for (const step of path.split('.')) {
    if (shape === true || shape === undefined) return shape;
    shape = shape[step];
  }
  return shape;
}

/** Texts that are expressions: conditions, and values of keys that end with `.$`. */
function textsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return key.endsWith('.$') || key === 'Condition' ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, item]) => textsOf(item, inner));
}
