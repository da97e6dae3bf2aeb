import { onTestFinished } from 'vitest';
import { createSandbox, type SandboxOptions } from '../index.ts';

/** Closed when the test ends. */
export async function startSandbox(options: SandboxOptions = {}) {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}
