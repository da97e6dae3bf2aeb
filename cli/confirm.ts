import { Interrupted } from './errors.ts';
import type { Output } from './output.ts';
import type { Texts } from './texts/en.ts';

/** What is about to happen that can't be taken back. */
export interface Question {
  /** What it does, to what, and what is lost. */
  readonly consequence: string;
  /** What has to be typed: default `yes`. A name is wanted where a yes is typed too easily. */
  readonly phrase?: string;
}

/** Asks a person for one line; `undefined` when the answer was closed instead (Ctrl-D). */
export type Ask = (question: string) => Promise<string | undefined>;

export interface ConfirmOptions {
  /** Absent: there is no terminal to ask on. */
  readonly ask: Ask | undefined;
  /** `--yes`. */
  readonly isAgreed: boolean;
  readonly output: Output;
  readonly texts: Texts;
}

export type Confirm = (question: Question) => Promise<boolean>;

/**
 * Whether to go on. What would happen is said in any case, and a refusal too; what was prepared is
 * for the caller to put away.
 */
export function createConfirm({ ask, isAgreed, output, texts }: ConfirmOptions): Confirm {
  const said = texts.confirm;
  return async ({ consequence, phrase = said.yes }) => {
    output.endProgress();
    output.note(consequence);
    if (isAgreed) return true;
    if (ask === undefined) {
      output.note(said.noTerminal);
      return false;
    }
    const answer = await ask(phrase === said.yes ? said.goOn : said.type(phrase)).catch(
      (error: unknown) => {
        throw error instanceof Interrupted
          ? new Interrupted((texts) => texts.confirm.interrupted)
          : error;
      },
    );
    if (answer?.trim() === phrase) return true;
    output.note(said.declined);
    return false;
  };
}
