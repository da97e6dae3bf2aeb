import { expect, it } from 'vitest';
import { crc64 } from './crc64.ts';

it('is the value that the catalogue of CRCs gives for its check', () => {
  expect(crc64(Buffer.from('123456789'))).toBe(BigInt('0x995dc9bbdf1939fa').toString());
  expect(crc64(Buffer.alloc(0))).toBe('0');
});
