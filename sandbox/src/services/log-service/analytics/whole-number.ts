/** The digits of a number of 64 bits; `undefined` for any other text. */
export function wholeNumber(text: string): string | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value.toString() : undefined;
}
