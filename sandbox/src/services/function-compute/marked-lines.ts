import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/**
 * The lines that a stream brings until a marker: what one request printed. What was printed after
 * the marker of an earlier request, before the freeze, counts for this one.
 */
export function markedLines(
  stream: Readable,
  marker: string,
  onLine: (line: string) => void,
): { readonly marked: Promise<void>; finish(): string[] } {
  const decoder = new StringDecoder('utf8');
  const lines: string[] = [];
  let pending = '';
  let isMarked = false;
  let resolveMarked: () => void = () => {};
  const marked = new Promise<void>((resolve) => {
    resolveMarked = resolve;
  });
  const take = (line: string) => {
    lines.push(line);
    onLine(line);
  };
  const drain = () => {
    for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
      take(pending.slice(0, end));
      pending = pending.slice(end + 1);
    }
  };
  const onData = (chunk: Buffer) => {
    if (isMarked) return;
    pending += decoder.write(chunk);
    const at = pending.indexOf(marker);
    if (at < 0) {
      // The marker may have come in part: it starts with NUL.
      if (!pending.includes('\0')) drain();
      return;
    }
    const rest = pending.slice(at + marker.length);
    pending = pending.slice(0, at);
    finishLines();
    isMarked = true;
    stream.off('data', onData);
    stream.pause();
    if (rest.length > 0) stream.unshift(Buffer.from(rest));
    resolveMarked();
  };
  const finishLines = () => {
    drain();
    if (pending.length > 0) take(pending);
    pending = '';
  };
  stream.on('data', onData);
  stream.resume();
  return {
    marked,
    finish: () => {
      if (!isMarked) {
        finishLines();
        stream.off('data', onData);
      }
      return lines;
    },
  };
}
