import { type Html, html, rawHtml } from './html.ts';

const TICK = '<path d="M3 8.5l3.2 3.2L13 5"/>';
const DASH = '<path d="M4 8h8"/>';

/** Told apart without colour: by their shape. */
const SHAPES: Readonly<Record<string, string>> = {
  covered: TICK,
  'already-covered': TICK,
  failed: '<path d="M4 4l8 8M12 4l-8 8"/>',
  overdue: '<path d="M8 2.5L14 13H2zM8 6.5v3"/>',
  pending: '<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.2l2 1.3"/>',
  unknown: '<path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.6M8 12.4v.4"/>',
  skipped: DASH,
};

/** The drawings that `sign` refers to; once in a page. */
export function signShapes(): Html {
  const symbols = Object.entries(SHAPES).map(
    ([word, shape]) => `<symbol id="sign-${word}" viewBox="0 0 16 16">${shape}</symbol>`,
  );
  return rawHtml(`<svg class="shapes" aria-hidden="true">${symbols.join('')}</svg>`);
}

/** As the page's own `sign` makes it. */
export function sign(word: string, label: string): Html {
  return html`<span class="word is-${word}"><svg class="sign" aria-hidden="true"><use href="#sign-${word}"/></svg>${label}</span>`;
}
