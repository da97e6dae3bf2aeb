/**
 * An element with its attributes and children. Text becomes a text node, whatever it holds: what is
 * shown was written by others. A value of `undefined` leaves an attribute, or a child, out.
 *
 * @param {string} name
 * @param {Readonly<Record<string, string | undefined>>} [attributes]
 * @param {readonly (Node | string | undefined)[]} [children]
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * The element of the page with this id.
 *
 * @template {HTMLElement} [Wanted=HTMLElement]
 * @param {string} id
 * @returns {Wanted}
 */
export function byId(id) {
  return /** @type {Wanted} */ (/** @type {unknown} */ (document.getElementById(id)));
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * The sign of a state or an outcome, and its word: known without its colour.
 *
 * @param {string} word
 */
export function sign(word) {
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#sign-${word}`);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'sign');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return element('span', { class: `word is-${word}` }, [svg, word]);
}
