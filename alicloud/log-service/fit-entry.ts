import type { LogEntry } from '../../workflows/onboarding/ports.ts';

/** The service's limit of one value is 1 MB. */
const MAX_VALUE_BYTES = 1_000_000;

/**
 * The entry itself, or, when it is too large to be stored, a copy whose longest values are cut,
 * each with a note of what it was: an entry is never dropped, nor cut silently.
 */
export function fitEntry(
  entry: LogEntry,
  sizeOf: (entry: LogEntry) => number,
  maxBytes: number,
): LogEntry {
  let fitting = entry;
  let longest = longestValue(fitting);
  while (
    longest !== undefined &&
    longest.bytes > 0 &&
    (longest.bytes > MAX_VALUE_BYTES || sizeOf(fitting) > maxBytes)
  ) {
    const excess = Math.max(longest.bytes - MAX_VALUE_BYTES, sizeOf(fitting) - maxBytes);
    const cut = cutTo(longest.value, longest.bytes - excess, byteLength(entry[longest.key] ?? ''));
    // Where not even the note helps, the value goes.
    fitting = { ...fitting, [longest.key]: byteLength(cut) < longest.bytes ? cut : '' };
    longest = longestValue(fitting);
  }
  return fitting;
}

function longestValue(entry: LogEntry) {
  let longest: { key: string; value: string; bytes: number } | undefined;
  for (const [key, value] of Object.entries(entry)) {
    const bytes = byteLength(value);
    if (longest === undefined || bytes > longest.bytes) {
      longest = { key, value, bytes };
    }
  }
  return longest;
}

function cutTo(value: string, maxBytes: number, originalBytes: number): string {
  const note = ` … [cut, had ${originalBytes} bytes]`;
  const room = Math.max(0, maxBytes - byteLength(note));
  // Streaming leaves a character that the cut has split out of the text.
  const kept = new TextDecoder().decode(Buffer.from(value).subarray(0, room), { stream: true });
  return `${kept}${note}`;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
