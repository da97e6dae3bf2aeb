import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { memoize } from '../../alicloud/memoize.ts';
import { mapOf } from './differences.ts';
import { type FunctionToDeploy, functionsToDeploy } from './serverless-devs-file.ts';
import { readTemplate, type StackTemplate } from './stack-template.ts';

/** What this version would deploy. */
export interface Deployment {
  /** What the functions stand on. */
  readonly foundations: StackTemplate;
  /** What comes after them. */
  readonly events: StackTemplate;
  /** Of `events`. */
  readonly eventRule: { readonly bus: string; readonly name: string };
  /** In that account. */
  functions(accountId: string): readonly FunctionToDeploy[];
  /** SHA-256 by path of the files in a function's package; `undefined` where nothing is built. */
  builtCode(codeFolder: string): Promise<Readonly<Record<string, string>> | undefined>;
}

/** The files stand there beside the sources, as beside the build. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Reads stack.yaml, event-rule.yaml and s.yaml of this version. `environment` fills in the variables
 * of s.yaml, as it would when it is deployed; the account's id is that of `functions`. `buildFolder` is
 * what the folders of code are in; default: this version's.
 */
export async function readDeployment(
  environment: Readonly<Record<string, string | undefined>>,
  buildFolder: string = ROOT,
): Promise<Deployment> {
  const { foundations, events, serverless } = await readFiles();
  const [rule] = Object.values(events.resources);
  return {
    foundations,
    events,
    eventRule: {
      bus: String(rule?.properties.EventBusName),
      name: String(rule?.properties.RuleName),
    },
    functions: (accountId) =>
      functionsToDeploy(serverless, { ...environment, MANAGEMENT_ACCOUNT_ID: accountId }),
    builtCode: (codeFolder) => hashFiles(join(buildFolder, codeFolder)),
  };
}

/** Once: a deployment looks twice, and they take longer to parse than most else of a look. */
const readFiles = memoize(async () => {
  const textOf = (file: string) => readFile(join(ROOT, file), 'utf8');
  const [stack, eventRule, serverless] = await Promise.all([
    textOf('stack.yaml'),
    textOf('event-rule.yaml'),
    textOf('s.yaml'),
  ]);
  return {
    foundations: readTemplate(stack),
    events: readTemplate(eventRule),
    serverless: parse(serverless) as unknown,
  };
});

async function hashFiles(folder: string): Promise<Readonly<Record<string, string>> | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    () => undefined,
  );
  if (entries === undefined || entries.length === 0) return undefined;
  const files = entries.filter((entry) => entry.isFile());
  const hashes = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const hash = createHash('sha256').update(await readFile(path));
      return [relative(folder, path).split(sep).join('/'), hash.digest('hex')] as const;
    }),
  );
  return Object.fromEntries(hashes);
}

/** Where the functions would write their results. */
export function resultStore(
  { functions }: Deployment,
  accountId: string,
): { readonly project: string; readonly logstore: string } {
  const [first] = functions(accountId);
  const { LOG_PROJECT, LOG_STORE } = mapOf(first?.settings.environmentVariables);
  return { project: String(LOG_PROJECT), logstore: String(LOG_STORE) };
}
