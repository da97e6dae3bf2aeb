import { parseBackfillInput } from '../workflows/onboarding/parse-backfill.ts';
import { createHandler } from './handler.ts';

/** A schedule or an operator → every member in scope. */
export const handler = createHandler(parseBackfillInput);
