import { deflateSync, inflateSync } from 'node:zlib';
import lz4 from 'lz4-wasm-nodejs';
import { ZSTDDecoder } from 'zstddec';
import { logError } from './errors.ts';

/** In bytes before compression. Source: "PutLogs", the older limit. */
export const LARGEST_BODY_BYTES = 3 * 1024 * 1024;

const zstd = new ZSTDDecoder();

/**
 * A body as it was before compression, which must be of `rawBytes`: no more is ever written, however
 * much more it holds. `type` as in `x-log-compresstype`: `deflate` (zlib's format), `lz4` (one block
 * without a frame, as the SDKs write) or `zstd`.
 * Throws `PostBodyUncompressError`, `InvalidBodyRawSize`, `InvalidCompressType`.
 */
export async function decompress(body: Buffer, type: string, rawBytes: number): Promise<Buffer> {
  const raw = await decompressed(body, type, rawBytes);
  if (raw.length !== rawBytes) throw logError('InvalidBodyRawSize');
  return raw;
}

/** For an answer; what can read it is the client's own `Accept-Encoding`. */
export function compress(body: Buffer, type: 'lz4' | 'gzip' | 'deflate'): Buffer {
  // The SDKs of Node and Python read `gzip` with zlib's inflate, which takes zlib's format alone.
  return type === 'lz4' ? Buffer.from(lz4.compress(body).subarray(4)) : deflateSync(body);
}

async function decompressed(body: Buffer, type: string, rawBytes: number): Promise<Buffer> {
  switch (type) {
    case 'deflate':
      return inflated(body, rawBytes);
    case 'lz4':
      return unpackedBlock(body, rawBytes);
    case 'zstd': {
      await zstd.init();
      // Of what it can't read, or has no room for, it returns nothing.
      const raw = Buffer.from(rawBytes === 0 ? [] : zstd.decode(body, rawBytes));
      if (raw.length === 0) throw logError('PostBodyUncompressError');
      return raw;
    }
    default:
      throw logError('InvalidCompressType', `x-log-compresstype ${type} is unsupported.`);
  }
}

function inflated(body: Buffer, rawBytes: number): Buffer {
  try {
    return inflateSync(body, { maxOutputLength: rawBytes + 1 });
  } catch (error) {
    const tooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw logError(tooLarge ? 'InvalidBodyRawSize' : 'PostBodyUncompressError');
  }
}

/** The library expects the size before the block, four bytes, the lowest first. */
function unpackedBlock(body: Buffer, rawBytes: number): Buffer {
  const sized = Buffer.alloc(4 + body.length);
  sized.writeUInt32LE(rawBytes, 0);
  body.copy(sized, 4);
  try {
    return Buffer.from(lz4.decompress(sized));
  } catch {
    throw logError('PostBodyUncompressError');
  }
}
