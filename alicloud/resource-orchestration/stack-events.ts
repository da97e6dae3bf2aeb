import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import type { RosClient } from './ros-client.ts';

/** What happened to one resource, or to the stack itself. */
export interface StackEvent {
  readonly id: string;
  /** ISO 8601 in UTC, to the second, without the `Z`. */
  readonly time: string;
  /** Its name in the template; the stack's own name for the stack itself. */
  readonly logicalId: string;
  readonly type: string;
  /** For example `CREATE_IN_PROGRESS`. */
  readonly status: string;
  readonly reason?: string;
}

const PAGE_SIZE = 50;
/** 5,000 events: more means that the pages go in a circle. */
const MAX_PAGES = 100;

const pageSchema = v.object({
  totalCount: v.number(),
  events: v.array(
    v.object({
      eventId: v.pipe(v.string(), v.nonEmpty()),
      createTime: v.string(),
      logicalResourceId: v.string(),
      resourceType: v.nullish(v.string(), ''),
      status: v.string(),
      statusReason: v.nullish(v.string(), ''),
    }),
  ),
});

/**
 * Every event of a stack since it was created, oldest first. The order of the pages is not
 * documented; within a second the newest is taken to come first.
 */
export async function readStackEvents(client: RosClient, stackId: string): Promise<StackEvent[]> {
  // By id: what happens while the pages are read moves an event to the next page.
  const events = new Map<string, StackEvent>();
  for (let pageNumber = 1; pageNumber <= MAX_PAGES; pageNumber += 1) {
    const page = await client.call('ListStackEvents', pageSchema, (api, regionId) =>
      api.listStackEvents(
        new sdk.ListStackEventsRequest({ regionId, stackId, pageNumber, pageSize: PAGE_SIZE }),
      ),
    );
    for (const event of page.events) {
      events.set(event.eventId, toStackEvent(event, client.redact));
    }
    if (page.events.length < PAGE_SIZE || pageNumber * PAGE_SIZE >= page.totalCount) {
      break;
    }
  }
  return [...events.values()].reverse().sort((a, b) => compare(a.time, b.time));
}

function toStackEvent(
  event: v.InferOutput<typeof pageSchema>['events'][number],
  redact: (text: string) => string,
): StackEvent {
  return {
    id: event.eventId,
    time: event.createTime,
    logicalId: event.logicalResourceId,
    type: event.resourceType ?? '',
    status: event.status,
    ...(event.statusReason && { reason: redact(event.statusReason) }),
  };
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
