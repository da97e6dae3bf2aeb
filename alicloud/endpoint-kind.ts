import { hostOf, isLoopback } from './endpoint.ts';
import type { Environment } from './settings.ts';

/** Those that a sandbox has to take the place of, for nothing to reach the cloud. */
const SANDBOXED = [
  'CONFIG_ENDPOINT',
  'FC_ENDPOINT',
  'LOG_ENDPOINT',
  'RESOURCE_MANAGER_ENDPOINT',
  'ROS_ENDPOINT',
] as const;

/** Where calls go. */
export type EndpointKind =
  | { readonly kind: 'cloud' }
  | { readonly kind: 'sandbox'; readonly url: string }
  /** Names of settings: those that name a sandbox, and those that leave a service to the cloud. */
  | { readonly kind: 'mixed'; readonly sandbox: string[]; readonly cloud: string[] };

/** By the environment: a sandbox is what is on loopback. */
export function endpointKind(environment: Environment): EndpointKind {
  const isSandboxed = (name: string): boolean => {
    const value = environment[name];
    return value !== undefined && URL.canParse(value) && isLoopback(hostOf(new URL(value)));
  };
  const sandbox = SANDBOXED.filter(isSandboxed);
  const cloud = SANDBOXED.filter((name) => !isSandboxed(name));
  if (sandbox.length === 0) return { kind: 'cloud' };
  if (cloud.length > 0) return { kind: 'mixed', sandbox, cloud };
  return { kind: 'sandbox', url: String(environment.CONFIG_ENDPOINT) };
}
