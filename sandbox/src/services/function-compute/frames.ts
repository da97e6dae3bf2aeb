/**
 * How the sandbox and an instance talk on file descriptor 3: two lengths (unsigned, 32 bits, big
 * endian), a head in JSON, a body of bytes.
 */

const LENGTHS_BYTES = 8;

export interface Frame {
  readonly head: unknown;
  readonly body: Buffer;
}

export function encodeFrame(head: unknown, body: Buffer): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(LENGTHS_BYTES);
  lengths.writeUInt32BE(json.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  return Buffer.concat([lengths, json, body]);
}

/** Takes chunks as they come and calls back with each whole frame. */
export function frameDecoder(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let neededBytes = LENGTHS_BYTES;
  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    // Joined only when there is enough: joining at each chunk copies a large frame over and over.
    if (bytes < neededBytes) return;
    let received = Buffer.concat(chunks);
    for (;;) {
      neededBytes = frameBytes(received);
      if (received.length < neededBytes) break;
      const headEnd = LENGTHS_BYTES + received.readUInt32BE(0);
      const head: unknown = JSON.parse(received.toString('utf8', LENGTHS_BYTES, headEnd));
      const body = Buffer.from(received.subarray(headEnd, neededBytes));
      received = received.subarray(neededBytes);
      onFrame({ head, body });
    }
    chunks = [received];
    bytes = received.length;
  };
}

/** Of the frame that begins here, as far as its lengths are there. */
function frameBytes(received: Buffer): number {
  return received.length < LENGTHS_BYTES
    ? LENGTHS_BYTES
    : LENGTHS_BYTES + received.readUInt32BE(0) + received.readUInt32BE(4);
}
