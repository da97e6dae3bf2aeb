import { buildCli } from '../../../scripts/build-cli.ts';
import { buildFunctions } from '../../../scripts/build-functions.ts';

/** Once for all tests that start processes: what they run. */
export default async function setup(): Promise<void> {
  await Promise.all([buildFunctions(), buildCli()]);
}
