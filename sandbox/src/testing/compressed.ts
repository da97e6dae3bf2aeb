import { deflateSync } from 'node:zlib';
import { Zstd } from '@hpcc-js/wasm-zstd';

export const COMPRESSIONS = ['deflate', 'lz4', 'zstd'] as const;

/** A body as `x-log-compresstype` names it, by other means than the sandbox's own. */
export async function compressed(
  type: (typeof COMPRESSIONS)[number],
  raw: Buffer,
): Promise<Buffer> {
  switch (type) {
    case 'deflate':
      return deflateSync(raw);
    case 'lz4':
      return compressBlock(raw);
    case 'zstd':
      return Buffer.from((await Zstd.load()).compress(raw));
  }
}

/**
 * A block of lz4, written by its specification alone: text as it is, then a match of one byte
 * repeated or of an earlier text, found by looking at four bytes. Small and slow.
 * Source: github.com/lz4/lz4, doc/lz4_Block_format.md.
 */
function compressBlock(raw: Buffer): Buffer {
  const out: number[] = [];
  const seen = new Map<number, number>();
  let literalsFrom = 0;
  let at = 0;
  // The last match starts 12 bytes before the end, and the last 5 bytes are literals.
  while (at < raw.length - 12) {
    const next = raw.readUInt32LE(at);
    const earlier = seen.get(next);
    seen.set(next, at);
    if (earlier === undefined || at - earlier > 0xffff) {
      at += 1;
      continue;
    }
    let length = 4;
    while (at + length < raw.length - 5 && raw[earlier + length] === raw[at + length]) length += 1;
    writeSequence(out, raw.subarray(literalsFrom, at), { offset: at - earlier, length });
    at += length;
    literalsFrom = at;
  }
  writeSequence(out, raw.subarray(literalsFrom));
  return Buffer.from(out);
}

function writeSequence(
  out: number[],
  literals: Buffer,
  match?: { readonly offset: number; readonly length: number },
): void {
  const extra = match === undefined ? 0 : match.length - 4;
  out.push((Math.min(literals.length, 15) << 4) | Math.min(extra, 15));
  if (literals.length >= 15) writeLength(out, literals.length - 15);
  out.push(...literals);
  if (match === undefined) return;
  out.push(match.offset & 0xff, match.offset >>> 8);
  if (extra >= 15) writeLength(out, extra - 15);
}

function writeLength(out: number[], length: number): void {
  let rest = length;
  for (; rest >= 255; rest -= 255) out.push(255);
  out.push(rest);
}
