import * as v from 'valibot';
import { malformedAnswer } from '../failure.ts';
import type { ConfigAnswer } from './client.ts';

/**
 * An account id as exact text. Some answers have a string, some an integer; one of over 15 digits
 * comes out of pop-core's parser as a BigNumber.
 */
export const exactId = v.pipe(
  v.custom<string | number | object>(isId, 'not an id'),
  v.transform(String),
);

function isId(value: unknown): boolean {
  if (typeof value === 'string') {
    return value !== '';
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value);
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    '_isBigNumber' in value &&
    /^\d+$/.test(String(value))
  );
}

/** The parts of an answer that are used; unknown ones are ignored. Throws a malformed answer. */
export function parseAnswer<S extends v.GenericSchema>(
  operation: string,
  schema: S,
  answer: ConfigAnswer,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer.body, { abortEarly: true });
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw malformedAnswer(operation, `${v.getDotPath(issue) ?? 'the body'} is missing or wrong`, {
    statusCode: answer.statusCode,
    ...(answer.requestId !== undefined && { requestId: answer.requestId }),
  });
}
