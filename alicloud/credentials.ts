/** What a request is signed with. Temporary credentials have a token, those of a user don't. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}
