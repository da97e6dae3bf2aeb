import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface RenderOptions {
  /** Path of the `s.yaml`. */
  readonly file: string;
  /** What `${env('NAME')}` in the file sees; nothing else of the caller's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const TIME_LIMIT_MS = 30_000;
/** The command wants all three; rendering doesn't use them. */
const NO_CREDENTIALS = { AccountID: '0', AccessKeyID: 'none', AccessKeySecret: 'none' };

/**
 * What Serverless Devs makes of the file, variables filled in: the JSON of `s preview -o json`.
 * Offline, about a second. Rejects with what the command says is wrong, and when it is not installed.
 */
export async function renderServerlessDevs(options: RenderOptions): Promise<unknown> {
  const file = resolve(options.file);
  // Its state, logs and settings stay away from the user's.
  const home = await mkdtemp(join(tmpdir(), 'serverless-devs-home-'));
  try {
    const env = {
      ...NO_CREDENTIALS,
      ...options.env,
      PATH: process.env.PATH ?? '',
      HOME: home,
      NODE_ENV: 'test',
    };
    const output = await run([commandPath(file), 'preview', '-o', 'json', '-t', file], {
      cwd: dirname(file),
      env,
    });
    return parseOutput(output, file);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Installed beside the sandbox, or where the file is. */
function commandPath(file: string): string {
  for (const place of [import.meta.url, file]) {
    try {
      const found = createRequire(place).resolve('@serverless-devs/s/package.json');
      return join(dirname(found), 'bin/s');
    } catch {
      // Perhaps at the other place.
    }
  }
  throw new Error(
    `${file} needs Serverless Devs to be read: npm install --save-dev @serverless-devs/s`,
  );
}

function run(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<string> {
  return new Promise((settle, reject) => {
    execFile(
      process.execPath,
      args,
      { ...options, timeout: TIME_LIMIT_MS, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) settle(stdout);
        else reject(new Error(`s preview failed: ${reasonOf(stdout, stderr) || error.message}`));
      },
    );
  });
}

/** The command prints its own lines before the JSON, and exits with 0 after some failures. */
function parseOutput(stdout: string, file: string): unknown {
  const start = stdout.split('\n').findIndex((line) => line.startsWith('{'));
  const text = start < 0 ? '' : stdout.split('\n').slice(start).join('\n');
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`s preview of ${file} printed no JSON: ${reasonOf(stdout, '') || 'nothing'}`);
  }
}

/** The part that says what is wrong, without the pointers to logs and support around it. */
function reasonOf(stdout: string, stderr: string): string {
  const text = `${stdout}\n${stderr}`;
  const start = text.indexOf('Error Message:');
  const reason = start < 0 ? text : text.slice(start + 'Error Message:'.length);
  return reason.split(/\n\s*(?:🍼|A complete log|Env:)/u)[0]?.trim() ?? '';
}
