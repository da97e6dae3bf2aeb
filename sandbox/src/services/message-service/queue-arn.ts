/**
 * The queue that an ARN names, if it is one of this region and account:
 * `acs:mns:{region}:{account}:/queues/{name}/messages` as a destination of Function Compute,
 * `acs:mns:{region}:{account}:/queues/{name}` as a dead-letter queue of EventBridge.
 */
export function queueOfArn(
  arn: string,
  form: 'destination' | 'dead-letter',
  where: { readonly region: string; readonly accountId: string },
): string | undefined {
  const tail = form === 'destination' ? '/messages' : '(?:/messages)?';
  const match = new RegExp(`^acs:mns:([^:]+):([^:]+):/queues/([A-Za-z][A-Za-z0-9-]*)${tail}$`).exec(
    arn,
  );
  return match?.[1] === where.region && match[2] === where.accountId ? match[3] : undefined;
}
