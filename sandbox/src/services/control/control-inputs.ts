import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const milliseconds = v.pipe(v.number(), v.minValue(0));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const effect = v.variant('kind', [
  v.strictObject({
    kind: v.literal('error'),
    code: v.string(),
    status: v.exactOptional(v.number()),
    message: v.exactOptional(v.string()),
    retryAfterMs: v.exactOptional(milliseconds),
  }),
  v.strictObject({ kind: v.literal('reset') }),
  v.strictObject({ kind: v.literal('hang') }),
  v.strictObject({ kind: v.literal('cut-body') }),
  v.strictObject({ kind: v.literal('html-503') }),
  v.strictObject({ kind: v.literal('empty-500') }),
]);

const when = v.union([
  v.strictObject({ first: count }),
  v.strictObject({ nth: count }),
  v.strictObject({ always: v.literal(true) }),
  v.strictObject({ probability, seed: v.number() }),
]);

/** A `Fault` of `world/faults.ts`. */
export const faultInput = v.strictObject({
  service: v.string(),
  operation: v.string(),
  effect,
  when,
  afterEffect: v.exactOptional(v.boolean()),
});

export const clockInput = v.strictObject({ advanceMs: milliseconds });

export const quotasInput = v.strictObject({ enabled: v.boolean() });

/** `DeliveryOptions` of `event-bridge/delivery-options.ts`, for one event name or for all others. */
export const deliveryInput = v.strictObject({
  eventName: v.exactOptional(v.string()),
  options: v.strictObject({
    duplicate: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    delayMs: v.exactOptional(milliseconds),
    reorderWithinMs: v.exactOptional(milliseconds),
    drop: v.exactOptional(probability),
    seed: v.exactOptional(v.number()),
  }),
});
