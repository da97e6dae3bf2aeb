/** What can be chosen by `services`: everything that a caller can notice the absence of. */
export const SERVICE_NAMES = [
  'access-management',
  'cloud-flow',
  'config',
  'event-bridge',
  'function-compute',
  'log-service',
  'message-service',
  'object-storage',
  'resource-manager',
  'resource-orchestration',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** A name, or the beginning of just one of them: `log`. Throws a `RangeError` with what there is. */
export function serviceNamed(text: string): ServiceName {
  const exact = SERVICE_NAMES.find((name) => name === text);
  if (exact !== undefined) return exact;
  const [only, ...more] = text === '' ? [] : SERVICE_NAMES.filter((name) => name.startsWith(text));
  if (only !== undefined && more.length === 0) return only;
  throw new RangeError(
    only === undefined
      ? `There is no service '${text}'. Known: ${SERVICE_NAMES.join(', ')}`
      : `'${text}' could be ${[only, ...more].join(' or ')}.`,
  );
}
