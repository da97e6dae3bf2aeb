#!/usr/bin/env node
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox.ts';
import { VERSION } from '../version.ts';
import { parseCommand, USAGE, UsageError } from './options.ts';

const say = (text: string) => process.stdout.write(text);

try {
  const command = parseCommand(process.argv.slice(2));
  if (command.kind === 'help') say(USAGE);
  else if (command.kind === 'version') say(`${VERSION}\n`);
  else await start(command.sandbox);
} catch (error) {
  process.stderr.write(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : `${error}\n`);
  process.exitCode = 1;
}

async function start(options: SandboxOptions): Promise<void> {
  const sandbox = await createSandbox(options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(
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
  say(`Alibaba Cloud, as far as the sandbox has it, is at ${sandbox.endpoint}. Ctrl-C stops it.
${deployed(sandbox)}
# Credentials of the management account ${sandbox.managementAccountId}, good for this sandbox only
export ALIBABA_CLOUD_ACCESS_KEY_ID=${sandbox.credentials.accessKeyId}
export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${sandbox.credentials.accessKeySecret}
`);
}

function deployed({ resourceOrchestration, functionCompute }: Sandbox): string {
  const stacks = resourceOrchestration.stacks().map(({ name, outputs }) => {
    const values = Object.entries(outputs).map(([key, value]) => `  ${key}=${value}\n`);
    return `The stack ${name} is deployed.\n${values.join('')}`;
  });
  const functions = functionCompute
    .functionNames()
    .map((name) => `The function ${name} is deployed.\n`);
  return [...stacks, ...functions].join('');
}
