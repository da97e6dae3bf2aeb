/** What is used of `@alicloud/fc2` 2.6, which has no types. */
declare module '@alicloud/fc2' {
  class Client {
    constructor(
      accountId: string,
      config: {
        readonly region: string;
        readonly accessKeyID: string;
        readonly accessKeySecret: string;
        /** Sent only where the key id begins with `STS`. */
        readonly securityToken?: string;
        /** Base URL. Its default is plain HTTP. */
        readonly endpoint: string;
      },
    );

    readonly accessKeyID: string;
    readonly accessKeySecret: string;
    readonly endpoint: string;
    /** Of the API; the first part of every path. */
    readonly version: string;

    buildHeaders(): Record<string, string>;
    /** `path` with the version; `headers` with names in lower case. */
    static getSignature(
      accessKeyID: string,
      accessKeySecret: string,
      method: string,
      path: string,
      headers: Readonly<Record<string, string>>,
    ): string;

    /** What every operation ends in. `path` without the version. */
    request(
      method: string,
      path: string,
      query: null,
      body: Buffer,
      headers: Readonly<Record<string, string>>,
    ): Promise<object>;
    /** Throws at once for an event that is neither text nor a Buffer. */
    invokeFunction(
      service: string,
      name: string,
      event: Buffer,
      headers: Readonly<Record<string, string>>,
    ): ReturnType<this['request']>;
  }
  export = Client;
}
