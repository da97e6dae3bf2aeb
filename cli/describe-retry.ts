import { NO_ANSWER } from '../workflows/onboarding/errors.ts';
import type { Failure } from '../workflows/onboarding/model.ts';
import { describeDuration } from './duration.ts';
import type { Texts } from './texts/en.ts';

/**
 * A call that failed for the moment, `GetLogs: connection reset`, and beside it what changes from try
 * to try, `4th try in 2 s, for 40 s more at most`. `attempt` is the next try's number.
 */
export function describeRetry(error: Failure, attempt: number, texts: Texts) {
  const said = texts.retry;
  return {
    text: said.text(error.operation, reasonOf(error, texts)),
    timing: (waitMs: number, leftMs: number) =>
      said.timing(attempt, describeDuration(waitMs, texts), describeDuration(leftMs, texts)),
  };
}

/** A connection's own code is for programmers; a service's is what one looks up. */
function reasonOf({ code, message }: Failure, { retry: said }: Texts): string {
  if (code !== NO_ANSWER) return code;
  const connection = Object.entries(said.connection).find(([name]) => message.includes(name));
  return connection?.[1] ?? said.noAnswer;
}
