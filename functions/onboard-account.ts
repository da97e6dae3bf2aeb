import { parseAccountEvents } from '../workflows/onboarding/parse-event.ts';
import { createHandler } from './handler.ts';

/** An account event → that account's onboarding. */
export const handler = createHandler(parseAccountEvents);
