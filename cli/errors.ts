import { en, type Texts } from './texts/en.ts';

/** What is said, in the language of whoever reads it. */
export type Say = (texts: Texts) => string;

/** Its message says all: what was wrong, where, and what to do. Its own `message` is English. */
export class ExplainedError extends Error {
  override readonly name: string = 'ExplainedError';
  readonly say: Say;

  constructor(say: Say) {
    super(say(en));
    this.say = say;
  }
}

/** Something that the person typed is wrong. */
export class UsageError extends ExplainedError {
  override readonly name = 'UsageError';
}

/** The person wants to go, and nothing is left to say but that. */
export class Interrupted extends ExplainedError {
  override readonly name = 'Interrupted';

  constructor(say: Say = ({ failure }) => failure.interrupted) {
    super(say);
  }
}

/**
 * What it resolves to, unless the person goes first: then it rejects with `Interrupted`, which says
 * what became of what was under way.
 */
export function unlessInterrupted<T>(
  work: Promise<T>,
  interrupted: AbortSignal,
  say?: Say,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(new Interrupted(say));
    if (interrupted.aborted) leave();
    interrupted.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => interrupted.removeEventListener('abort', leave));
  });
}
