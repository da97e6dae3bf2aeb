import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex, type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ClientConnection } from '../../server/server.ts';
import { encodeFrame, frameDecoder } from './frames.ts';
import type { Outcome } from './invocation.ts';
import { markedLines } from './marked-lines.ts';
import { answeredOutcome, endedOutcome } from './outcomes.ts';

const RUNNER = fileURLToPath(new URL('./runtime/runner.cjs', import.meta.url));
/** How long the streams of a process that has ended may stay open, for example in its children. */
const STREAM_GRACE_MS = 500;

export interface InstanceOptions {
  readonly id: string;
  readonly codeDir: string;
  readonly handler: string;
  readonly memorySizeMb: number;
  /** All of the process's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** It is frozen, with these connections open. */
  readonly onFreeze: (connections: readonly ClientConnection[]) => void;
  readonly onLine: (line: string, stream: 'stdout' | 'stderr', requestId: string) => void;
}

export interface InstanceRequest {
  readonly requestId: string;
  readonly payload: Buffer;
  /** For the words of a time-out: whoever counts the time calls `timeOut`. */
  readonly timeoutMs: number;
  /** The documented `context` without its functions. */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface Instance {
  readonly id: string;
  /** False once its process has ended: it can't take another request. */
  isAlive(): boolean;
  /** One request at a time. Never rejects. Leaves the process frozen. */
  run(request: InstanceRequest): Promise<Outcome>;
  /** Ends the process at once; a running request ends as `killed`. */
  kill(): void;
  /** The same; a running request ends as `timed-out`. */
  timeOut(): void;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
}

/** How an instance is had. */
export type StartInstance = (options: InstanceOptions) => Instance;

/** A process of its own that runs one request at a time and is frozen in between. */
export function startInstance(options: InstanceOptions): Instance {
  const child = spawn(process.execPath, [`--max-old-space-size=${options.memorySizeMb}`, RUNNER], {
    cwd: options.codeDir,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const { stdout, stderr, channel } = streamsOf(child);
  let alive = true;
  let reason: 'killed' | 'timed-out' | undefined;
  let onEnd: () => void = () => {};
  let onFrame: (frame: { head: unknown; body: Buffer }) => void = () => {};

  const ended = new Promise<void>((resolve) => {
    const end = () => {
      alive = false;
      onEnd();
      resolve();
    };
    child.once('exit', () => {
      // Between requests nobody reads them, and unread streams don't close.
      stdout.resume();
      stderr.resume();
      const timer = setTimeout(end, STREAM_GRACE_MS);
      child.once('close', () => {
        clearTimeout(timer);
        end();
      });
    });
    child.once('error', end);
  });
  channel.on(
    'data',
    frameDecoder((frame) => onFrame(frame)),
  );
  // Writing to a process that has just ended; its end is what gets reported.
  channel.on('error', () => {});

  const kill = (why: 'killed' | 'timed-out') => {
    reason ??= why;
    child.kill('SIGKILL');
  };

  return {
    id: options.id,
    ended,
    isAlive: () => alive,
    kill: () => kill('killed'),
    timeOut: () => kill('timed-out'),
    run: async (request) => {
      const startedMs = performance.now();
      const endMarker = `\0end ${options.id} ${request.requestId}\0\n`;
      const out = markedLines(stdout, endMarker, (line) =>
        options.onLine(line, 'stdout', request.requestId),
      );
      const err = markedLines(stderr, endMarker, (line) =>
        options.onLine(line, 'stderr', request.requestId),
      );
      const answer = await new Promise<{ head: unknown; body: Buffer } | undefined>((resolve) => {
        onFrame = resolve;
        onEnd = () => resolve(undefined);
        if (!alive) resolve(undefined);
        child.kill('SIGCONT');
        const { requestId, context } = request;
        channel.write(
          encodeFrame({ requestId, context, endMarker, handler: options.handler }, request.payload),
        );
      });
      if (answer !== undefined) await Promise.race([Promise.all([out.marked, err.marked]), ended]);
      if (alive) {
        child.kill('SIGSTOP');
        options.onFreeze(connectionsOf(answer?.head));
      }
      return {
        ...(answer === undefined
          ? endedOutcome(reason, request.timeoutMs)
          : answeredOutcome(answer.head, answer.body)),
        durationMs: Math.round(performance.now() - startedMs),
        stdout: out.finish(),
        stderr: err.finish(),
      };
    },
  };
}

function connectionsOf(head: unknown): readonly ClientConnection[] {
  const connections: unknown = isRecord(head) ? head.connections : undefined;
  return Array.isArray(connections) ? connections.filter(isConnection) : [];
}

/** One that is still being made has no ports yet. */
function isConnection(value: unknown): value is ClientConnection {
  return (
    isRecord(value) && typeof value.localPort === 'number' && typeof value.remotePort === 'number'
  );
}

function streamsOf(child: ChildProcess): { stdout: Readable; stderr: Readable; channel: Duplex } {
  const channel = child.stdio[3];
  if (child.stdout === null || child.stderr === null || !(channel instanceof Duplex)) {
    throw new Error('The instance was started without its pipes.');
  }
  return { stdout: child.stdout, stderr: child.stderr, channel };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
