import { isCloudError } from '../../../workflows/onboarding/errors.ts';
import { amiss, type Check, missing, ok, unknown } from '../check.ts';

/** Whose credentials these are, and whether they are the right ones. */
export const accountChecks: readonly Check[] = [
  {
    id: 'credentials',
    group: 'account',
    needs: [],
    title: ({ credentials }) => credentials,
    async run({ inspection, texts }) {
      const { arn, accountId, isAccount } = await inspection.caller();
      return ok(isAccount ? texts.doctor.account(accountId) : texts.doctor.caller(arn));
    },
  },
  {
    id: 'resource-directory',
    group: 'account',
    needs: ['credentials'],
    title: ({ resourceDirectory }) => resourceDirectory,
    async run({ inspection, texts: { doctor } }) {
      try {
        return ok(doctor.directoryOf(await inspection.managementAccountId()));
      } catch (error) {
        if (!isCloudError(error) || !NO_DIRECTORY.includes(error.code)) throw error;
        return missing(doctor.noDirectory, doctor.remedies.directory);
      }
    },
  },
  {
    id: 'management-account',
    group: 'account',
    needs: ['resource-directory'],
    title: ({ managementAccount }) => managementAccount,
    async run({ inspection, expectedAccountId, texts: { doctor } }) {
      const [{ accountId }, ownerId] = await Promise.all([
        inspection.caller(),
        inspection.managementAccountId(),
      ]);
      if (accountId !== ownerId) {
        return missing(doctor.isMember(accountId, ownerId), doctor.remedies.owner(ownerId));
      }
      if (expectedAccountId !== undefined && expectedAccountId !== ownerId) {
        return amiss(
          doctor.otherAccount(expectedAccountId, ownerId),
          doctor.remedies.correct('MANAGEMENT_ACCOUNT_ID'),
        );
      }
      return ok(accountId);
    },
  },
];

/** Source: Resource Directory, error codes of GetResourceDirectory. */
const NO_DIRECTORY = ['EntityNotExists.ResourceDirectory', 'ResourceDirectoryNotInUse'];

/**
 * What no read can show: whether what is missing may be made. Where nothing is, that is no question,
 * and of the account itself nobody asks.
 */
export const permissionCheck: Check = {
  id: 'permissions-to-deploy',
  group: 'account',
  needs: ['credentials'],
  title: ({ permissions }) => permissions,
  async run({ inspection, findingsOf, texts: { doctor } }) {
    const { isAccount } = await inspection.caller();
    if (isAccount) return ok(doctor.accountMayAll);
    const findings = await findingsOf(['foundations', 'functions', 'events']);
    return findings.every(({ state }) => state === 'ok')
      ? ok(doctor.nothingToDeploy)
      : unknown(doctor.permissionsUnread, doctor.remedies.permissions);
  },
};
