import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Credentials } from './credentials.ts';
import { SettingsError } from './settings-error.ts';

/** Where credentials came from, for a person to recognize; nothing of themselves. */
export interface CredentialOrigin {
  readonly kind: 'environment' | 'oidc' | 'cli-profile' | 'file' | 'ecs-role' | 'uri' | 'other';
  /** The profile's name, where one was asked for. */
  readonly profile?: string;
}

export interface OperatorCredentials {
  readonly credentials: Credentials;
  readonly origin: CredentialOrigin;
}

/** As the aliyun CLI writes it; what is secret in it is never looked at here. */
const cliConfiguration = v.object({
  profiles: v.array(v.object({ name: v.string(), region_id: v.nullish(v.string()) })),
});

/** By what `@alicloud/credentials` calls its providers. */
const ORIGINS: Readonly<Record<string, CredentialOrigin['kind']>> = {
  env: 'environment',
  oidc_role_arn: 'oidc',
  cli_profile: 'cli-profile',
  profile: 'file',
  ecs_ram_role: 'ecs-role',
  credential_uri: 'uri',
};

/**
 * The region of a profile of the aliyun CLI; `undefined` where it has none. Throws a `SettingsError`
 * that names the profiles there are, and quotes nothing else of the file.
 */
export async function readProfileRegion(profile: string): Promise<string | undefined> {
  const path = join(homedir(), '.aliyun', 'config.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new SettingsError({ kind: 'no-configuration', profile, path });
  });
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cliConfiguration), text);
  if (!parsed.success) {
    throw new SettingsError({ kind: 'not-a-configuration', path });
  }
  const { profiles } = parsed.output;
  const found = profiles.find(({ name }) => name === profile);
  if (found === undefined) {
    const names = profiles.map(({ name }) => name);
    throw new SettingsError({ kind: 'no-profile', profile, path, profiles: names });
  }
  return found.region_id || undefined;
}

/**
 * The default chain of `@alicloud/credentials`, or one profile of the aliyun CLI. Ask again before
 * each use: what is temporary is renewed before it ends, and while a renewal fails the credentials
 * at hand are given on, which may be good for some minutes more. Rejects with a `SettingsError`.
 */
export function credentialChain(profile?: string): () => Promise<OperatorCredentials> {
  let provider: { getCredentials(): Promise<Provided> } | undefined;
  let last: OperatorCredentials | undefined;
  return async () => {
    try {
      provider ??= await loadProvider(profile);
      const { accessKeyId, accessKeySecret, securityToken, providerName } =
        await provider.getCredentials();
      last = {
        credentials: {
          accessKeyId,
          accessKeySecret,
          ...(securityToken ? { securityToken } : {}),
        },
        origin: originOf(providerName, profile),
      };
    } catch (error) {
      // A profile that was just corrected is read anew.
      provider = undefined;
      if (last === undefined) throw notFound(error, profile);
    }
    return last;
  };
}

interface Provided {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly providerName?: string;
}

async function loadProvider(profile: string | undefined) {
  const { CLIProfileCredentialsProvider, DefaultCredentialsProvider } = await import(
    '@alicloud/credentials'
  );
  return profile === undefined
    ? DefaultCredentialsProvider.builder().build()
    : CLIProfileCredentialsProvider.builder().withProfileName(profile).build();
}

/** The provider's name is a path, such as `default/cli_profile/static_ak`. */
function originOf(providerName = '', profile: string | undefined): CredentialOrigin {
  const name = providerName.split('/').find((part) => Object.hasOwn(ORIGINS, part)) ?? '';
  return { kind: ORIGINS[name] ?? 'other', ...(profile === undefined ? {} : { profile }) };
}

/** The library's own message may quote the whole configuration: only a service's code is taken. */
function notFound(error: unknown, profile: string | undefined): SettingsError {
  const text = error instanceof Error ? error.message : '';
  const code = /"Code"\s*:\s*"([\w.-]+)"/.exec(text)?.[1];
  return new SettingsError(
    profile === undefined
      ? { kind: 'no-credentials', code }
      : { kind: 'profile-credentials', profile, code },
  );
}

/** The variables in which Serverless Devs takes credentials. */
export function serverlessDevsVariables({
  accessKeyId,
  accessKeySecret,
  securityToken,
}: Credentials): Readonly<Record<string, string>> {
  return {
    AccessKeyID: accessKeyId,
    AccessKeySecret: accessKeySecret,
    ...(securityToken === undefined ? {} : { SecurityToken: securityToken }),
  };
}
