import { setTimeout as sleep } from 'node:timers/promises';
import { isCloudError } from '../workflows/onboarding/errors.ts';
import type { CallOptions } from '../workflows/onboarding/ports.ts';
import type { CredentialSource } from './credentials.ts';
import type { EndpointKind } from './endpoint-kind.ts';
import { memoize } from './memoize.ts';
import { type CredentialOrigin, credentialChain } from './operator-credentials.ts';
import type { OperatorSettings } from './operator-settings.ts';
import type { DirectoryOwner } from './resource-manager/directory.ts';
import { SettingsError } from './settings-error.ts';

/** Where a command acts, and as whom. */
export interface Whereabouts {
  readonly region: string;
  readonly credentials: CredentialOrigin;
  readonly endpoints: EndpointKind;
  /** Absent: it could not be read, at least not within a few seconds. */
  readonly directory?: DirectoryOwner;
  /** Whose credentials these are; absent: it was not asked, as of a sandbox, which has no STS. */
  readonly callerAccountId?: string;
}

export interface OperatorSession extends OperatorSettings {
  readonly signing: CredentialSource;
}

export interface SessionOptions {
  readonly settings: () => Promise<OperatorSettings>;
  readonly profile: string | undefined;
  /** Reads until it succeeds, or has no time left. */
  readonly read: <T>(read: (options: CallOptions) => Promise<T>) => Promise<T>;
  /** Told once, before anything else is read or changed. */
  readonly acting: (where: Whereabouts) => void;
}

/** Who owns the directory is worth some seconds of waiting; what comes after them says what is wrong. */
const LONGEST_LOOK_MS = 5_000;

/**
 * What every call to the cloud begins with: credentials, and whose they are. With
 * `MANAGEMENT_ACCOUNT_ID` nothing is read or changed before both the directory and the caller are
 * known to be that account's. A look that only diagnoses (`mayBeUnknown`) is refused only where
 * they are known to be another's.
 */
export function createOperatorSession({ settings, profile, read, acting }: SessionOptions) {
  const chain = memoize(async () => {
    const { credentials } = await settings();
    return credentials === undefined
      ? credentialChain(profile)
      : async () => ({ credentials, origin: { kind: 'environment' } as const });
  });
  const signing: CredentialSource = async () => (await (await chain())()).credentials;

  const owner = memoize(async () => {
    const { resourceManagerEndpoint: endpoint } = await settings();
    const { createDirectory } = await import('./resource-manager/directory.ts');
    const directory = createDirectory({ endpoint, credentials: signing });
    return read(directory.owner);
  });

  const callerAccountId = memoize(async () => {
    const { endpoints, inspectionEndpoints } = await settings();
    if (endpoints.kind !== 'cloud') return undefined;
    const [{ createRpcClient }, { readCaller }] = await Promise.all([
      import('./rpc-client.ts'),
      import('./access-management/caller.ts'),
    ]);
    const client = createRpcClient({
      endpoint: inspectionEndpoints.securityToken,
      credentials: signing,
    });
    return read(async (options) => (await readCaller(client, options)).accountId);
  });

  /** Asked and said once, whatever comes of it. */
  const whereabouts = memoize(async (): Promise<Whereabouts> => {
    const { region, endpoints } = await settings();
    const { origin } = await (await chain())();
    // A busy machine takes seconds to load it, which are no waiting for the cloud.
    await import('./resource-manager/directory.ts');
    const over = new AbortController();
    const late = sleep(LONGEST_LOOK_MS, undefined, { signal: over.signal, ref: false }).catch(
      () => undefined,
    );
    const soon = <T>(reading: Promise<T>) =>
      Promise.race([reading.catch(asUnknown), late]) as Promise<T | undefined>;
    const [directory, caller] = await Promise.all([soon(owner()), soon(callerAccountId())]);
    over.abort();
    const where = {
      region,
      endpoints,
      credentials: origin,
      ...(directory === undefined ? {} : { directory }),
      ...(caller === undefined ? {} : { callerAccountId: caller }),
    };
    acting(where);
    return where;
  });

  async function open({ mayBeUnknown = false } = {}): Promise<OperatorSession> {
    const known = await settings();
    const { managementAccountId: expected } = known;
    const where = await whereabouts();
    if (expected !== undefined) {
      const directory = mayBeUnknown ? where.directory : await owner();
      const caller = mayBeUnknown ? where.callerAccountId : await callerAccountId();
      refuseAnother(expected, directory?.managementAccountId, caller);
    }
    return { ...known, signing };
  }

  return {
    open,
    signing,
    async managementAccountId() {
      await open();
      return (await owner()).managementAccountId;
    },
  };
}

/** What it was does not matter here: whatever needs it asks again, and says why. */
function asUnknown(error: unknown): undefined {
  if (!isCloudError(error)) throw error;
  return undefined;
}

function refuseAnother(
  expected: string,
  ownerId: string | undefined,
  callerId: string | undefined,
) {
  if (ownerId !== undefined && ownerId !== expected) {
    throw new SettingsError({ kind: 'other-directory', expected, ownerId });
  }
  if (callerId !== undefined && callerId !== expected) {
    throw new SettingsError({ kind: 'other-caller', expected, callerId });
  }
}
