import type { NumberField } from '../index-config.ts';

/** No number of 64 bits is written longer; whoever sends a million digits is not waited for. */
const LONGEST_NUMBER = 400;
const WHOLE = /^[+-]?\d+$/;

/** Whether the field's value is a number that its index takes. */
export function isNumber(text: string, type: NumberField['type']): boolean {
  if (text.length > LONGEST_NUMBER) return false;
  return type === 'long' ? WHOLE.test(text) : text.trim() !== '' && Number.isFinite(Number(text));
}

/** Negative, zero or positive. Whole numbers are exact at any length: account ids have 16 digits. */
export function compareNumbers(left: string, right: string): number {
  const small = left.length < 16 && right.length < 16;
  if (small || !WHOLE.test(left) || !WHOLE.test(right)) return Number(left) - Number(right);
  const [a, b] = [BigInt(left.replace('+', '')), BigInt(right.replace('+', ''))];
  return a < b ? -1 : a > b ? 1 : 0;
}
