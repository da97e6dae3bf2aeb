import type { FaultEffect } from '../../sandbox/src/world/faults.ts';
import { type DeployedSandboxOptions, startDeployedSandbox } from './deployed-sandbox.ts';

export const A = '1000000000000004';

export const NETWORK_FAULTS: readonly FaultEffect[] = [
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'cut-body' },
  { kind: 'html-503' },
  { kind: 'empty-500' },
];

export const error = (code: string): FaultEffect => ({ kind: 'error', code });

/** One account to onboard, with enterprise mode off, so that a start is needed. */
export async function withNewAccount(options: DeployedSandboxOptions = {}) {
  const sandbox = await startDeployedSandbox({ ...options, config: { organization: 'off' } });
  sandbox.directory.addAccount({ displayName: 'new', accountId: A });
  return sandbox;
}
