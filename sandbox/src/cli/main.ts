#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { createSandbox, type Sandbox } from '../sandbox.ts';
import { readSeed } from '../services/control/inputs.ts';
import { VERSION } from '../version.ts';
import { environmentLines, writeEnvironmentFile } from './environment.ts';
import { type Command, parseCommand, USAGE, UsageError } from './options.ts';

const say = (text: string) => process.stdout.write(text);

try {
  const command = parseCommand(process.argv.slice(2));
  if (command.kind === 'help') say(USAGE);
  else if (command.kind === 'version') say(`${VERSION}\n`);
  else await start(command);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof UsageError ? `${message}\n\n${USAGE}` : `${message}\n`);
  process.exitCode = 1;
}

async function start(command: Extract<Command, { kind: 'start' }>): Promise<void> {
  const { env, envFile, isProxy, seedFile } = command;
  const seed = seedFile === undefined ? {} : await seedOf(seedFile);
  const options = { ...command.sandbox, ...seed };
  const sandbox = await createSandbox(options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${options.port} is taken: stop what listens there, or choose another with --port.`,
    );
  });
  const stop = () =>
    void sandbox.close().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`${error}\n`);
        process.exit(1);
      },
    );
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const lines = await environmentLines(sandbox, { more: env, isProxy });
    if (envFile !== undefined) await writeEnvironmentFile(envFile, lines);
    say(greeting(sandbox, lines));
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

async function seedOf(path: string) {
  try {
    return readSeed(parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Error(`--seed ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function greeting(sandbox: Sandbox, lines: string): string {
  return `Alibaba Cloud, as far as the sandbox has it, is at ${sandbox.endpoint}. Ctrl-C stops it.
Its own switches are described at ${sandbox.endpoint}/sandbox/openapi.json.
${deployed(sandbox)}
# The root user of the management account, good for this sandbox only
${lines}`;
}

function deployed({ resourceOrchestration, functionCompute }: Sandbox): string {
  const stacks = resourceOrchestration.stacks().map(({ name, outputs }) => {
    const values = Object.entries(outputs).map(([key, value]) => `  ${key}=${value}\n`);
    return `The stack ${name} is there.\n${values.join('')}`;
  });
  const functions = functionCompute
    .functionNames()
    .map((name) => `The function ${name} is there.\n`);
  return [...stacks, ...functions].join('');
}
