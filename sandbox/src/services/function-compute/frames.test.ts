import { expect, it, vi } from 'vitest';
import { encodeFrame, type Frame, frameDecoder } from './frames.ts';

const FRAMES: readonly Frame[] = [
  { head: { first: true }, body: Buffer.from('body') },
  { head: 'é', body: Buffer.alloc(0) },
  { head: null, body: Buffer.alloc(300, 'x') },
];
const bytes = Buffer.concat(FRAMES.map(({ head, body }) => encodeFrame(head, body)));

function decode(chunkBytes: number): readonly Frame[] {
  const frames: Frame[] = [];
  const onChunk = frameDecoder((frame) => frames.push(frame));
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    onChunk(bytes.subarray(at, at + chunkBytes));
  }
  return frames;
}

it.each([1, 7, 8, 9, 100, 10_000])('decodes what comes in chunks of %i bytes', (chunkBytes) => {
  expect(decode(chunkBytes)).toEqual(FRAMES);
});

it('joins the chunks of a frame twice at most, however many they are', () => {
  const concat = vi.spyOn(Buffer, 'concat');
  decode(1);
  const { length } = concat.mock.calls;
  concat.mockRestore();
  expect(length).toBeLessThanOrEqual(2 * FRAMES.length);
});
