/** The polynomial of ECMA-182, its bits reversed, as two words of 32 bits. */
const POLYNOMIAL_HIGH = 0xc96c5795;
const POLYNOMIAL_LOW = 0xd7870f42;

const HIGH = new Uint32Array(256);
const LOW = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const isOdd = low & 1;
    low = ((low >>> 1) | (high << 31)) ^ (isOdd ? POLYNOMIAL_LOW : 0);
    high = (high >>> 1) ^ (isOdd ? POLYNOMIAL_HIGH : 0);
  }
  HIGH[byte] = high;
  LOW[byte] = low;
}

/**
 * CRC-64/XZ in decimal digits, as Function Compute and Object Storage Service print it. In words of
 * 32 bits: with bigints a package of some megabytes takes seconds. Source: "Use CRC-64 to verify data
 * integrity" (OSS); the catalogue of CRCs gives `123456789` as 0x995dc9bbdf1939fa.
 */
export function crc64(data: Buffer): string {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of data) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (LOW[index] ?? 0);
    high = (high >>> 8) ^ (HIGH[index] ?? 0);
  }
  return ((BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0)).toString();
}
