import { advanceInPieces } from '../../world/clock.ts';
import type { FaultableService } from '../../world/faults.ts';
import type { World } from '../../world/world.ts';
import * as answers from './answers.ts';
import * as inputs from './inputs.ts';
import {
  badRequest,
  type ControlOperation,
  controlOperation,
  isoTime,
  notFound,
  refusable,
} from './operation.ts';

const DEFAULT_PAGE = 100;

/** Faults, time, quotas and events, and what came of them. */
export const SWITCHES: readonly ControlOperation[] = [
  controlOperation({
    method: 'GET',
    path: '/sandbox/faults',
    id: 'listFaults',
    summary: 'The faults in force, and how many calls each has hit',
    answer: answers.faults,
    handle: ({ cloud }) => ({ faults: cloud.world.faults.list() }),
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/faults',
    id: 'addFault',
    summary: 'Makes calls go wrong',
    body: inputs.faultInput,
    status: 201,
    answer: answers.addedFault,
    handle: ({ cloud }, { body }) => ({ id: refusable(() => cloud.world.faults.add(body)) }),
  }),
  controlOperation({
    method: 'DELETE',
    path: '/sandbox/faults',
    id: 'clearFaults',
    summary: 'No call goes wrong any more',
    answer: answers.nothing,
    handle: ({ cloud }) => {
      cloud.world.faults.clear();
      return {};
    },
  }),
  controlOperation({
    method: 'DELETE',
    path: '/sandbox/faults/{id}',
    id: 'removeFault',
    summary: 'Takes one fault away',
    answer: answers.nothing,
    handle: ({ cloud }, { path: { id = '' } }) => {
      if (!cloud.world.faults.remove(id)) throw notFound(`There is no fault '${id}'.`);
      return {};
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/clock',
    id: 'getClock',
    summary: 'The time of the sandbox, and how fast it goes',
    answer: answers.clock,
    handle: ({ cloud }) => clockAnswer(cloud.world),
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/clock',
    id: 'moveClock',
    summary: 'Sets the speed, moves time forward at once, or both in this order',
    body: inputs.clockInput,
    answer: answers.clock,
    async handle({ cloud: { world } }, { body: { advanceMs, speed } }) {
      if (speed !== undefined) world.clock.setSpeed(speed);
      if (advanceMs !== undefined) await advanceInPieces(world.clock, advanceMs);
      return clockAnswer(world);
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/quotas',
    id: 'getQuotas',
    summary: 'Whether quotas of calls are enforced, and for which operations it is otherwise',
    answer: answers.quotas,
    handle: ({ cloud }) => quotasAnswer(cloud.world),
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/quotas',
    id: 'switchQuotas',
    summary: 'Switches quotas on or off: for one operation, or for all, also those switched before',
    body: inputs.quotasInput,
    answer: answers.quotas,
    handle: ({ cloud: { world, faultable } }, { body: { enabled, service, operation } }) => {
      if (service === undefined || operation === undefined) world.quotas.setEnabled(enabled);
      else {
        requireOperation(faultable, service, operation);
        world.quotas.setEnabledFor(service, operation, enabled);
      }
      return quotasAnswer(world);
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/activation',
    id: 'getActivation',
    summary: 'Which services the account has not activated',
    answer: answers.activation,
    handle: ({ cloud }) => ({ notActivated: cloud.world.activation.notActivated() }),
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/activation',
    id: 'setActivation',
    summary: 'A service is as one that the account never activated, or has activated now',
    body: inputs.activationInput,
    answer: answers.activation,
    handle: ({ cloud: { world } }, { body: { service, activated } }) => {
      world.activation.set(service, activated);
      return { notActivated: world.activation.notActivated() };
    },
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/delivery',
    id: 'setDelivery',
    summary: 'Duplicates, delays, reorders or drops events on their way, of one name or all others',
    body: inputs.deliveryInput,
    answer: answers.nothing,
    handle: ({ cloud }, { body: { options, eventName } }) => {
      refusable(() => cloud.eventBus.delivery.set(options, eventName));
      return {};
    },
  }),
  controlOperation({
    method: 'DELETE',
    path: '/sandbox/delivery',
    id: 'clearDelivery',
    summary: 'Events arrive once, at once, and all',
    answer: answers.nothing,
    handle: ({ cloud }) => {
      cloud.eventBus.delivery.clear();
      return {};
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/deliveries',
    id: 'listDeliveries',
    summary: 'What became of events on their way to targets, oldest first',
    query: inputs.pageQuery,
    answer: answers.deliveries,
    handle: ({ cloud }, { query: { after = 0, limit = DEFAULT_PAGE } }) => {
      const deliveries = cloud.eventBus.deliveries().slice(after, after + limit);
      return { deliveries, next: after + deliveries.length };
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/journal',
    id: 'listCalls',
    summary: 'The calls that arrived and how they were answered, oldest first',
    query: inputs.journalQuery,
    answer: answers.journal,
    handle: ({ cloud }, { query: { after = 0, limit = DEFAULT_PAGE, ...wanted } }) => {
      const kept = cloud.world.journal.entries();
      const newer = kept.filter(({ number }) => number > after);
      const found = newer
        .filter((entry) =>
          Object.entries(wanted).every(
            ([key, value]) => entry[key as keyof typeof wanted] === value,
          ),
        )
        .slice(0, limit);
      // With less than a page all is read, also what was not wanted.
      const last = found.length < limit ? newer.at(-1) : found.at(-1);
      return {
        id: cloud.world.journal.id,
        entries: found,
        next: last?.number ?? after,
        oldest: kept[0]?.number ?? 1,
      };
    },
  }),
];

function clockAnswer({ clock }: World) {
  return { now: isoTime(clock.now()), nowMs: clock.now(), speed: clock.speed() };
}

function quotasAnswer({ quotas }: World) {
  return { enabled: quotas.enabled, operations: quotas.switches() };
}

function requireOperation(
  services: readonly FaultableService[],
  service: string,
  operation: string,
): void {
  const known = services.find((each) => each.service === service);
  if (known === undefined) {
    const all = services.map((each) => each.service).join(', ');
    throw badRequest(`There is no service '${service}'. Known: ${all}`);
  }
  if (known.operations.includes(operation)) return;
  const all = known.operations.join(', ');
  throw badRequest(`There is no operation of ${service} '${operation}'. Known: ${all}`);
}
