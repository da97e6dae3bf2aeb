/** What both signature styles have to prove, whichever way it travels. */
export interface SignedRequest {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  readonly nonce: string;
  /** As sent: ISO 8601 in UTC without milliseconds. */
  readonly timestamp: string;
  /** Whether the signature is the one that this secret makes. */
  matches(accessKeySecret: string): boolean;
}
