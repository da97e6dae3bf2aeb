/**
 * What ActionTrail records of one write operation, successful or not: the material of an event on
 * the bus. Source of the names: help.aliyun.com, ActionTrail's event structure.
 */
export interface RecordedCall {
  /** The folder's name, for example `resource-manager`. */
  readonly service: string;
  readonly apiVersion: string;
  readonly eventName: string;
  readonly requestId: string;
  /** Sandbox time, milliseconds since 1970. */
  readonly atMs: number;
  /** As the caller sent them, without the gateway's own (signature, nonce, ...). */
  readonly requestParameters: Readonly<Record<string, string>>;
  /** The answer's body; absent when the call failed. */
  readonly responseElements?: Readonly<Record<string, unknown>>;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly caller: {
    readonly accountId: string;
    readonly type: 'root-account' | 'ram-user' | 'assumed-role';
    readonly userName: string;
  };
}
