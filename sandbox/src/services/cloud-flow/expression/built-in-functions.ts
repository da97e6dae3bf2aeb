import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** Why a function can't be applied to these arguments. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

/** Those of "Built-in functions" that are modelled (help.aliyun.com/document_detail/2579872.html). */
export const BUILT_IN_FUNCTIONS: ReadonlyMap<string, (args: readonly Json[]) => Json> = new Map([
  ['intAdd', intAdd],
  ['jsonMerge', jsonMerge],
]);

/** The sum of two integers. */
function intAdd(args: readonly Json[]): Json {
  const [a, b] = args;
  if (args.length !== 2 || !isInteger(a) || !isInteger(b)) {
    throw new ArgumentError('intAdd takes two integers');
  }
  return a + b;
}

/** Two objects in one. Which of two different values wins is not documented: refused. */
function jsonMerge(args: readonly Json[]): JsonObject {
  const [a, b] = args;
  if (args.length !== 2 || !isJsonObject(a) || !isJsonObject(b)) {
    throw new ArgumentError('jsonMerge takes two objects');
  }
  for (const [key, value] of Object.entries(b)) {
    if (key in a && JSON.stringify(a[key]) !== JSON.stringify(value)) {
      throw new ArgumentError(`jsonMerge: both have ${key}, and which one wins is not documented`);
    }
  }
  return { ...a, ...b };
}

function isInteger(value: Json | undefined): value is number {
  return Number.isInteger(value);
}
