import { readFileSync } from 'node:fs';
import { parseAccountEvents } from '../../../workflows/onboarding/parse-event.ts';
import { MANAGEMENT_ACCOUNT_ID } from './fake-ports.ts';

export type Json = Record<string, unknown>;

/** A sample of what EventBridge delivers: see test/fixtures/events. */
export function sampleEvent(name: string): Json & { data: Json } {
  const file = new URL(`../../fixtures/events/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What a request says of the sample `create-resource-account`. */
export const CREATED = {
  id: '45ef4dew-dwe1-7c35-447a-000000000001',
  name: 'CreateResourceAccount',
};

/** The event of an account that was created. */
export function createdEvent(accountId: string): Json & { data: Json } {
  const event = sampleEvent('create-resource-account');
  const responseElements = { Account: { AccountId: accountId, DisplayName: `name-${accountId}` } };
  return { ...event, data: { ...event.data, responseElements } };
}

/** What the workflow makes of an event that Function Compute hands over. */
export function parseEvent(value: unknown, managementAccountId = MANAGEMENT_ACCOUNT_ID) {
  return parseAccountEvents(Buffer.from(JSON.stringify(value)), managementAccountId);
}
