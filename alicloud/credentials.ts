/** What a request is signed with. Temporary credentials have a token, those of a user don't. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** Credentials as they are now: temporary ones are renewed before they end. */
export type CredentialSource = () => Promise<Credentials>;

/** What is made of credentials, and made anew once others have taken their place. */
export function perCredentials<T>(
  given: Credentials | CredentialSource,
  make: (credentials: Credentials) => T,
): () => Promise<T> {
  const current = typeof given === 'function' ? given : async () => given;
  let made: { readonly of: Credentials; readonly value: T } | undefined;
  return async () => {
    const now = await current();
    const isSame =
      made?.of.accessKeyId === now.accessKeyId && made.of.securityToken === now.securityToken;
    if (made === undefined || !isSame) made = { of: now, value: make(now) };
    return made.value;
  };
}
