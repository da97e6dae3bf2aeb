/** `acs:fc:…:functions/{name}` in FC 3.0, `acs:fc:…:services/{service}/functions/{name}` in FC 2.0. */
export function functionArn(
  where: { readonly region: string; readonly accountId: string },
  name: string,
): string {
  const { service, functionName } = splitFunctionName(name);
  const resource =
    service === undefined
      ? `functions/${functionName}`
      : `services/${service}/functions/${functionName}`;
  return `acs:fc:${where.region}:${where.accountId}:${resource}`;
}

export function splitFunctionName(name: string): {
  readonly service: string | undefined;
  readonly functionName: string;
} {
  const slash = name.indexOf('/');
  return slash < 0
    ? { service: undefined, functionName: name }
    : { service: name.slice(0, slash), functionName: name.slice(slash + 1) };
}
