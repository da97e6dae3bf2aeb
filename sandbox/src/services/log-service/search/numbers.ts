import type { NumberField } from '../index-config.ts';

/** Whether the field's value is a number that its index takes. */
export function isNumber(text: string, type: NumberField['type']): boolean {
  return type === 'long'
    ? /^[+-]?\d+$/.test(text)
    : text.trim() !== '' && Number.isFinite(Number(text));
}

/** Negative, zero or positive. Whole numbers are exact at any length: account ids have 16 digits. */
export function compareNumbers(left: string, right: string): number {
  const whole = /^[+-]?\d+$/;
  if (whole.test(left) && whole.test(right)) {
    const [a, b] = [BigInt(left.replace(/^\+/, '')), BigInt(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Number(left) - Number(right);
}
