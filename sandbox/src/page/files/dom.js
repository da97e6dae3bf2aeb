/**
 * An element with attributes and children. Text becomes a text node, whatever it holds: names of calls
 * and accounts are given by whoever calls.
 *
 * @param {string} name
 * @param {Readonly<Record<string, string>>} [attributes]
 * @param {readonly (Node | string)[]} [children]
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * @template {HTMLElement} [Wanted=HTMLElement]
 * @param {string} id
 * @returns {Wanted}
 */
export function byId(id) {
  return /** @type {Wanted} */ (/** @type {unknown} */ (document.getElementById(id)));
}

/**
 * Writes only what differs, so that a selection and what a screen reader reads stay.
 *
 * @param {Element} target
 * @param {string} text
 */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** @type {WeakMap<Element, (item: never) => void>} */
const updates = new WeakMap();

/**
 * Makes the children of a list or a table those of the items, in this order. What is there stays the
 * same element: what has the focus keeps it.
 *
 * @template Item
 * @param {Element} parent
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => { made: HTMLElement, update?: (item: Item) => void }} make
 */
export function keep(parent, items, keyOf, make) {
  const old = new Map([...parent.children].map((child) => [child.getAttribute('data-key'), child]));
  /** @type {Element | null} */
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = old.get(key);
    if (child === undefined) {
      const { made, update } = make(item);
      made.setAttribute('data-key', key);
      if (update !== undefined) updates.set(made, update);
      child = made;
    }
    old.delete(key);
    /** @type {((item: Item) => void) | undefined} */ (updates.get(child))?.(item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const gone of old.values()) gone.remove();
}

/**
 * @param {string} text
 * @param {() => void} onClick
 * @returns {HTMLButtonElement}
 */
export function button(text, onClick) {
  const made = /** @type {HTMLButtonElement} */ (element('button', { type: 'button' }, [text]));
  made.addEventListener('click', onClick);
  return made;
}

/** @param {number} atMs */
export function timeOf(atMs) {
  return new Date(atMs).toISOString().slice(11, 19);
}
