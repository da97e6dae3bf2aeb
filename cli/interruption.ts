import { ExplainedError } from './explained-error.ts';

/** The person wants to go, and nothing is left to say but that. */
export class Interrupted extends ExplainedError {
  override readonly name = 'Interrupted';

  constructor() {
    super('Interrupted.');
  }
}

/** What it resolves to, unless the person goes first: then it rejects with `Interrupted`. */
export function unlessInterrupted<T>(work: Promise<T>, interrupted: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(new Interrupted());
    if (interrupted.aborted) leave();
    interrupted.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => interrupted.removeEventListener('abort', leave));
  });
}
