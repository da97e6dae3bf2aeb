/**
 * The process that stands for one function instance: loads the handler and runs one request at a
 * time. Requests and answers are frames on file descriptor 3 (see `../frames.ts`), so that standard
 * output stays the function's own. Plain CommonJS: it runs without a build step or a loader.
 */
'use strict';

const { channel: diagnostics } = require('node:diagnostics_channel');
const { existsSync } = require('node:fs');
const { Socket } = require('node:net');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const channel = new Socket({ fd: 3, readable: true, writable: true });
const writeStdout = process.stdout.write.bind(process.stdout);
const writeStderr = process.stderr.write.bind(process.stderr);

let chunks = [];
let bytes = 0;
let neededBytes = 8;
let loaded;

/** What the function has open to anywhere: the freeze after a request breaks it. */
const sockets = new Set();
diagnostics('net.client.socket').subscribe(({ socket }) => {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

// There is never a second request before the answer to the first. The chunks of a large one are
// joined once, when it is there.
channel.on('data', (chunk) => {
  chunks.push(chunk);
  bytes += chunk.length;
  if (bytes < neededBytes) return;
  const received = Buffer.concat(chunks);
  chunks = [received];
  const headEnd = 8 + received.readUInt32BE(0);
  neededBytes = headEnd + received.readUInt32BE(4);
  if (bytes < neededBytes) return;
  chunks = [];
  bytes = 0;
  neededBytes = 8;
  serve(JSON.parse(received.toString('utf8', 8, headEnd)), received.subarray(headEnd));
});
// The sandbox is gone.
channel.on('end', () => process.exit(0));
channel.on('error', () => process.exit(0));

async function serve(head, event) {
  let answer;
  try {
    loaded ??= load(head.handler);
    const handler = await loaded;
    answer = { head: { ok: true }, body: toBody(await call(handler, event, toContext(head))) };
  } catch (thrown) {
    answer = { head: describe(thrown), body: Buffer.alloc(0) };
  }
  // What the request printed ends here, on both streams.
  writeStdout(head.endMarker);
  writeStderr(head.endMarker);
  const connections = [...sockets].map(({ localPort, remotePort }) => ({ localPort, remotePort }));
  const json = Buffer.from(JSON.stringify({ ...answer.head, connections }));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(json.length, 0);
  lengths.writeUInt32BE(answer.body.length, 4);
  channel.write(Buffer.concat([lengths, json, answer.body]));
}

/** `dir/file.export`: a CommonJS `file.js`, or an ES module `file.mjs`. */
async function load(handlerName) {
  const dot = handlerName.lastIndexOf('.');
  const base = join(process.env.FC_FUNC_CODE_PATH, handlerName.slice(0, dot));
  const exportName = handlerName.slice(dot + 1);
  const loadedModule = existsSync(`${base}.mjs`)
    ? await import(pathToFileURL(`${base}.mjs`).href)
    : require(`${base}.js`);
  const handler = loadedModule[exportName];
  if (typeof handler !== 'function') {
    throw new Error(`Handler '${exportName}' is missing on module '${handlerName.slice(0, dot)}'`);
  }
  return handler;
}

/** A promise's value, or with a third parameter what the callback gets. */
function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, value) =>
      error === null || error === undefined ? resolve(value) : reject(new Handled(error));
    const returned = handler(event, context, callback);
    const isPromise = returned !== null && typeof returned?.then === 'function';
    if (isPromise) returned.then(resolve, reject);
    else if (handler.length < 3) resolve(returned);
  });
}

class Handled {
  constructor(error) {
    this.error = error;
  }
}

function toBody(value) {
  if (value === undefined || value === null) return Buffer.alloc(0);
  if (Buffer.isBuffer(value)) return value;
  return Buffer.from(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function describe(thrown) {
  const handled = thrown instanceof Handled;
  const error = handled ? thrown.error : thrown;
  return error instanceof Error
    ? {
        ok: false,
        handled,
        errorMessage: error.message,
        errorType: error.name,
        stackTrace: String(error.stack).split('\n'),
      }
    : {
        ok: false,
        handled,
        errorMessage: typeof error === 'string' ? error : String(JSON.stringify(error)),
      };
}

function toContext(head) {
  const line =
    (level) =>
    (...parts) =>
      writeStdout(
        `${new Date().toISOString()} ${head.context.requestId} [${level}] ${parts.join(' ')}\n`,
      );
  return {
    ...head.context,
    logger: {
      debug: line('DEBUG'),
      info: line('INFO'),
      log: line('INFO'),
      warn: line('WARNING'),
      error: line('ERROR'),
    },
  };
}
