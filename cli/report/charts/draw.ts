import { type PlotOptions, plot } from '@observablehq/plot';
import { DOMImplementation, XMLSerializer } from '@xmldom/xmldom';
import { type Html, html, rawHtml } from '../html.ts';

const XHTML = 'http://www.w3.org/1999/xhtml';

/** A chart is drawn twice, so that its texts have their size on a telephone and in print too. */
const WIDTHS = { wide: 560, narrow: 330 } as const;

/**
 * A drawing, once for each width. What it shows is said by `label` to whoever can't see it. Colours
 * are custom properties of the page, so that one drawing serves every theme.
 */
export function draw(label: string, options: (width: number) => PlotOptions): Html {
  return html`${Object.entries(WIDTHS).map(([name, width]) => {
    const svg = svgOf({ ...options(width), width });
    return html`<div class="chart ${name}" role="img" aria-label="${label}">${rawHtml(svg)}</div>`;
  })}`;
}

/** Without the style element, inline styles and labels of axes: the page has its own. */
function svgOf(options: PlotOptions): string {
  const document = new DOMImplementation().createDocument(XHTML, 'html', null);
  // Plot's types ask for a browser's document; what it uses of it is in every DOM.
  const svg = plot({ ...options, document: document as never });
  const markup = new XMLSerializer().serializeToString(svg as never);
  return markup
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/ (?:aria-\w+|style|class|xmlns|font-family|font-size)="[^"]*"/g, '')
    .replace(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))));
}
