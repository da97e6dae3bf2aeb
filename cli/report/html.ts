/** Text that is HTML already. Made by `html` and `rawHtml` alone. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | undefined | readonly Html[];

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template: what is put in stays text, unless it is `Html`. `undefined` is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  const markup = parts.map((part, index) => part + markupOf(values[index])).join('');
  return { markup };
}

/** Vouches for markup that was not made here: a drawing, the page's own script and style. */
export function rawHtml(markup: string): Html {
  return { markup };
}

function markupOf(value: Part): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if ('markup' in value) return value.markup;
  return value.map(({ markup }) => markup).join('');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character);
}

/** As the content of a `<script type="application/json">`, which ends at the first `</script`. */
export function jsonInHtml(value: unknown): Html {
  return rawHtml(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
