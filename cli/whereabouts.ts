import type { Whereabouts } from '../alicloud/operator-session.ts';
import type { Texts } from './texts/en.ts';

/** Where a command acts, in one line: whose account, directory, region, credentials, and the cloud or not. */
export function describeWhereabouts(where: Whereabouts, { whereabouts: said }: Texts): string {
  const { directory, callerAccountId, region, credentials, endpoints } = where;
  return said.line([
    accountOf(),
    ...(directory?.directoryId === undefined ? [] : [said.directory(directory.directoryId)]),
    said.region(region),
    said.credentials[credentials.kind](credentials.profile),
    placeOf(),
  ]);

  function accountOf(): string {
    if (directory === undefined) {
      return callerAccountId === undefined
        ? said.unknown
        : said.ofUnknownDirectory(callerAccountId);
    }
    const { managementAccountId } = directory;
    return callerAccountId === undefined || callerAccountId === managementAccountId
      ? said.management(managementAccountId)
      : said.other(callerAccountId, managementAccountId);
  }

  function placeOf(): string {
    switch (endpoints.kind) {
      case 'cloud':
        return said.cloud;
      case 'sandbox':
        return said.sandbox(endpoints.url);
      case 'mixed':
        return said.mixed(endpoints.cloud.join(', '));
    }
  }
}
