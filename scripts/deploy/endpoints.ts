import { said } from './texts.ts';

/** Base URLs that a deployment may be given, those of Serverless Devs among them. */
export const ENDPOINTS = [
  'CONFIG_ENDPOINT',
  'EVENTBRIDGE_ENDPOINT',
  'FC_CLIENT_CUSTOM_ENDPOINT',
  'FC_CODE_TEMP_OSS_ENDPOINT',
  'FC_ENDPOINT',
  'FNF_ENDPOINT',
  'LOG_ENDPOINT',
  'MNS_ENDPOINT',
  'RAM_ENDPOINT',
  'RESOURCE_MANAGER_ENDPOINT',
  'ROS_ENDPOINT',
  'STS_ENDPOINT',
] as const;

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Why they can't be: half of a deployment would go into a sandbox, and half into the cloud. */
export function problemsOfEndpoints(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const isSandbox = (name: string): boolean => {
    const url = environment[name] ?? '';
    return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
  };
  const sandbox = ENDPOINTS.filter(isSandbox);
  const cloud = ENDPOINTS.filter((name) => !isSandbox(name));
  return sandbox.length === 0 || cloud.length === 0
    ? []
    : [said.sandboxAndCloud(sandbox.join(', '), cloud.join(', '))];
}
