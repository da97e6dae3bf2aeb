/**
 * How the sandbox and an instance talk on file descriptor 3: two lengths (unsigned, 32 bits, big
 * endian), a head in JSON, a body of bytes.
 */

export interface Frame {
  readonly head: unknown;
  readonly body: Buffer;
}

export function encodeFrame(head: unknown, body: Buffer): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(json.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  return Buffer.concat([lengths, json, body]);
}

/** Takes chunks as they come and calls back with each whole frame. */
export function frameDecoder(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let received = Buffer.alloc(0);
  return (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 8) {
      const headLength = received.readUInt32BE(0);
      const end = 8 + headLength + received.readUInt32BE(4);
      if (received.length < end) return;
      const head: unknown = JSON.parse(received.toString('utf8', 8, 8 + headLength));
      const body = Buffer.from(received.subarray(8 + headLength, end));
      received = received.subarray(end);
      onFrame({ head, body });
    }
  };
}
