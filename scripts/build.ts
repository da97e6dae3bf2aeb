import { buildCli } from './build-cli.ts';
import { buildFunctions } from './build-functions.ts';

await Promise.all([buildFunctions(), buildCli()]);
