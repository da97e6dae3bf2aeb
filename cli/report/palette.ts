/** One accent, for what is covered; the other colours are for what is not. */
export type ColorName = keyof typeof LIGHT;

/** On paper too. Contrast of text is 4.5 at least, of what is drawn or used 3; `line` only divides. */
export const LIGHT = {
  page: '#ffffff',
  raised: '#f4f6f7',
  line: '#d5dade',
  /** Around what can be used. */
  control: '#7d8a95',
  text: '#16202a',
  muted: '#54616d',
  accent: '#0a6a72',
  'accent-area': '#559da4',
  failed: '#b3261e',
  overdue: '#8f4e00',
  pending: '#4f5f8f',
  unknown: '#54616d',
} as const;

export const DARK: Readonly<Record<ColorName, string>> = {
  page: '#12181d',
  raised: '#1b2329',
  line: '#36414a',
  control: '#71808c',
  text: '#e6ebef',
  muted: '#a3b0bb',
  accent: '#63c6ce',
  'accent-area': '#2f7177',
  failed: '#ff8f85',
  overdue: '#f2b15e',
  pending: '#a9b6e6',
  unknown: '#a3b0bb',
};

/**
 * The palette as custom properties: by the system's setting, unless the page's own says otherwise;
 * light in print.
 */
export function paletteCss(): string {
  const light = `color-scheme: light; ${properties(LIGHT)}`;
  const dark = `color-scheme: dark; ${properties(DARK)}`;
  return [
    `:root { ${light} }`,
    `@media screen { :root[data-theme="dark"] { ${dark} } }`,
    `@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }`,
  ].join('\n');
}

function properties(colors: Readonly<Record<ColorName, string>>): string {
  return Object.entries(colors)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(' ');
}
