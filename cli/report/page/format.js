/**
 * How figures and times are written, in the page and in what is drawn beforehand. Times are shown
 * in the report's time zone, so that every reader sees the same page.
 */

const MINUTE_MS = 60_000;

/**
 * @param {string} time ISO 8601
 * @param {number} utcOffsetMinutes
 * @returns {string} `2026-05-03 14:05`
 */
export function formatTime(time, utcOffsetMinutes) {
  const shifted = new Date(Date.parse(time) + utcOffsetMinutes * MINUTE_MS).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}

/**
 * @param {string} time ISO 8601
 * @param {number} utcOffsetMinutes
 * @returns {string} `2026-05-03`
 */
export function dayOf(time, utcOffsetMinutes) {
  return formatTime(time, utcOffsetMinutes).slice(0, 10);
}

/**
 * @param {number} value
 * @returns {string} `12,345`; the same in English and Chinese
 */
export function formatCount(value) {
  return value.toLocaleString('en');
}

/**
 * Fills in what stands in braces; a name without a value stays.
 * @param {string} template
 * @param {Readonly<Record<string, string>>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
