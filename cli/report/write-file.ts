import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * Writes a file as a whole, or not at all: one that was there stays until the new one is complete.
 * Rejects with a `UsageError` where it can't be written. Safe to repeat.
 */
export async function writeWholeFile(file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, text);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw notWritable(file, error);
  }
}

/** Whether it makes sense to begin: reading takes longer than this. Rejects with a `UsageError`. */
export async function requireFolderOf(file: string): Promise<void> {
  const folder = await stat(dirname(file)).catch((error: unknown) => {
    throw notWritable(file, error);
  });
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!folder.isDirectory()) throw notWritable(file, { code: 'ENOTDIR' });
  if (isFolder) throw notWritable(file, { code: 'EISDIR' });
}

/** Its code says enough: `ENOENT`, `EACCES`, `EISDIR`, `ENOSPC`. */
function notWritable(file: string, error: unknown): UsageError {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return new UsageError(({ usage }) => usage.outFile(file, code || String(error)));
}
