import { readFileSync } from 'node:fs';

export type Json = Record<string, unknown>;

/** A sample of what EventBridge delivers: see test/fixtures/events. */
export function sampleEvent(name: string): Json & { data: Json } {
  const file = new URL(`../../fixtures/events/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The event of an account that was created. */
export function createdEvent(accountId: string): Json & { data: Json } {
  const event = sampleEvent('create-resource-account');
  const responseElements = { Account: { AccountId: accountId, DisplayName: `name-${accountId}` } };
  return { ...event, data: { ...event.data, responseElements } };
}
