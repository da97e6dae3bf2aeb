import { UsageError } from './errors.ts';
import { en, type Texts } from './texts/en.ts';

/** The texts of each language, loaded when they are needed. */
const LANGUAGES: Readonly<Record<string, () => Promise<Texts>>> = {
  en: async () => en,
  zh: async () => (await import('./texts/zh.ts')).zh,
};

export interface Language {
  readonly texts: Texts;
  /** What was typed as a language and is none. */
  readonly error?: UsageError;
}

/**
 * The language in which all is said, `--help` and what is typed wrong too: so it is found before
 * the arguments are read. `--lang` wins over the environment, which is never wrong: what is not
 * spoken here is said in English.
 */
export async function chooseTexts(args: readonly string[], locale = ''): Promise<Language> {
  const typed = args
    .map((word, at) => (word === '--lang' ? args[at + 1] : /^--lang=(.*)$/s.exec(word)?.[1]))
    .find((word) => word !== undefined);
  const load = LANGUAGES[typed ?? ''] ?? LANGUAGES[locale.slice(0, 2).toLowerCase()];
  const texts = load === undefined ? en : await load();
  return typed === undefined || Object.hasOwn(LANGUAGES, typed)
    ? { texts }
    : { texts, error: new UsageError(({ usage }) => usage.language(typed)) };
}
