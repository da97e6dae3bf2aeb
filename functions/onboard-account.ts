import { connect } from '../alicloud/connect.ts';
import { readSettings } from '../alicloud/settings.ts';
import { parseAccountEvents } from '../workflows/onboarding/account-event.ts';
import { onboard } from '../workflows/onboarding/run.ts';
import type { RunSummary } from '../workflows/onboarding/summary.ts';
import { type FunctionContext, invocationOf } from './context.ts';

/** An account event → that account's onboarding. */
export async function handler(event: Uint8Array, context: FunctionContext): Promise<RunSummary> {
  const settings = readSettings(context.region);
  const ports = connect(settings, context.credentials);
  return onboard(
    parseAccountEvents(event, context.accountId),
    ports,
    settings.onboarding,
    invocationOf(context, ports.clock.now()),
  );
}
