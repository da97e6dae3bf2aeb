import type { Inspection } from '../../../cli/doctor/inspection.ts';
import type { Shell } from '../../../cli/main.ts';
import type { Operator, Stack } from '../../../cli/operator.ts';
import type { Output } from '../../../cli/output.ts';

const MANAGEMENT_ACCOUNT_ID = '1000000000000001';

/** What a command that only knows stacks was asked, and what it said. */
export function createStackShell(
  stackNamed: (stackName: string) => Stack,
  interrupted: AbortSignal = new AbortController().signal,
) {
  const lines: string[] = [];
  const notes: string[] = [];
  const progress: string[] = [];
  const removedProjects: string[] = [];
  /** Service-linked roles that the account lacks, and services for which one was created. */
  const missingRoles = new Set<string>();
  const createdFor: string[] = [];
  const deployedFunctions = new Set<string>();
  const projects = new Set([`account-onboarding-${MANAGEMENT_ACCOUNT_ID}`]);
  const plain = (text: string) => text;
  const output: Output = {
    line: (text = '') => lines.push(text),
    paragraph: (text) => lines.push(text),
    raw: (text) => lines.push(text),
    json: (result) => lines.push(JSON.stringify(result)),
    note: (text) => notes.push(text),
    progress: (text) => progress.push(text),
    endProgress: () => undefined,
    width: 80,
    style: { bold: plain, dim: plain, good: plain, warning: plain, bad: plain },
  };
  const unexpected = async (): Promise<never> => {
    throw new Error('Only stacks are expected to be asked for.');
  };
  const operator: Operator = {
    clock: { now: () => 0, sleep: async () => undefined },
    random: () => 1,
    newId: () => 'an-id',
    region: async () => 'cn-hangzhou',
    managementAccountId: async () => MANAGEMENT_ACCOUNT_ID,
    resultLocation: unexpected,
    results: unexpected,
    functionLogs: unexpected,
    settings: async () => ({
      verifyForMs: 0,
      overdueAfterMs: 0,
      retry: { baseMs: 1, capMs: 1 },
      poll: { baseMs: 1, capMs: 1 },
    }),
    onboarding: unexpected,
    invoker: unexpected,
    folders: unexpected,
    inspection: async () => ({
      ...(Object.create(null) as Inspection),
      function: async (name) =>
        deployedFunctions.has(name) ? { settings: {}, lastModifiedTime: '' } : undefined,
      hasLogProject: async (project) => projects.has(project),
      logstore: async () => undefined,
    }),
    deploymentSettings: async () => ({ variables: {} }),
    stack: async (stackName) => stackNamed(stackName),
    serviceLinkedRoles: async () => ({
      exists: async (roleName) => !missingRoles.has(roleName),
      create: async (serviceName) => {
        createdFor.push(serviceName);
      },
    }),
    async removeLogProject(project) {
      removedProjects.push(project);
      return projects.delete(project);
    },
  };
  const shell: Shell = { output, connect: () => operator, interrupted };
  return {
    shell,
    operator,
    /** Standard output. */
    said: () => lines.join('\n'),
    lines,
    notes,
    progress,
    removedProjects,
    missingRoles,
    createdFor,
    deployedFunctions,
    projects,
  };
}
