import { createHash } from 'node:crypto';
import AdmZip from 'adm-zip';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { connectionErrorCode, malformedAnswer, noAnswer } from '../failure.ts';
import { withTimeout } from '../timeout.ts';

const OPERATION = 'GetFunctionCode';
/** A package that is deployed through a bucket may be this large; ours have 300 KB. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The SHA-256 of each file in a package of code, in hexadecimal, by its path. `url` is signed, and
 * never said. Safe to repeat. Rejects with a `CloudError`.
 */
export async function downloadCode(
  url: string,
  { timeoutMs }: CallOptions,
): Promise<Readonly<Record<string, string>>> {
  const zipped = await withTimeout(OPERATION, timeoutMs, (signal) => download(url, signal));
  try {
    const files = new AdmZip(zipped).getEntries().filter(({ isDirectory }) => !isDirectory);
    return Object.fromEntries(
      files.map((file) => [
        file.entryName,
        createHash('sha256').update(file.getData()).digest('hex'),
      ]),
    );
  } catch {
    throw malformedAnswer(OPERATION, 'the code is not a ZIP');
  }
}

async function download(url: string, signal: AbortSignal): Promise<Buffer> {
  const answer = await fetch(url, { signal, headers: { connection: 'close' } }).catch(
    (error: unknown) => {
      const cause = error instanceof Error ? error.cause : undefined;
      throw noAnswer(OPERATION, connectionErrorCode(cause) ?? 'the connection failed');
    },
  );
  const { status: statusCode } = answer;
  if (statusCode !== 200 || answer.body === null) {
    throw malformedAnswer(OPERATION, `status ${statusCode} of the code's package`, { statusCode });
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    throw noAnswer(OPERATION, 'the package breaks off');
  }
  if (bytes > MOST_BYTES) throw malformedAnswer(OPERATION, `more than ${MOST_BYTES} bytes of code`);
  return Buffer.concat(chunks);
}
