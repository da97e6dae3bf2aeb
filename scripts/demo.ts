import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { createLogClient } from '../alicloud/log-service/client.ts';
import { createResultReader } from '../alicloud/log-service/result-reader.ts';
import { type Column, renderTable } from '../cli/table.ts';
import { renderServerlessDevs } from '../sandbox/deployment/render-serverless-devs.ts';
import { createSandbox } from '../sandbox/index.ts';
import type { LogEntry } from '../workflows/onboarding/ports.ts';
import { buildFunctions } from './build-functions.ts';
import { createDirectoryUser } from './demo-directory.ts';
import { startTimeline } from './demo-timeline.ts';

/**
 * Two accounts join a directory in which Cloud Config was never turned on: one is created, one is
 * invited, and one of their events arrives twice. The service answers the first starts with
 * errors. In the end the log store is asked what is known of both. Exits with 0 only if both are
 * verified and recorded.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A recorder takes four minutes to build: here four seconds. */
const SPEED = 60;
const INVITED_ACCOUNT_ID = '1000000000000042';
const READ_WITHIN_MS = 10_000;

const say = (text = '') => process.stdout.write(`${text}\n`);

say(pc.bold('Account onboarding, against the sandbox'));
say(pc.dim('A minute of the cloud is a second here. Nothing leaves this machine.'));
say();

await buildFunctions();
const sandbox = await createSandbox({ speed: SPEED, config: { organization: 'not-activated' } });
const timeline = startTimeline(sandbox);
timeline.line('sandbox', `Alibaba Cloud at ${sandbox.endpoint}`);

const stack = await sandbox.createStack(`${ROOT}/stack.yaml`);
timeline.line('deploy', `stack.yaml: ${stack.resources.join(', ')}`);
