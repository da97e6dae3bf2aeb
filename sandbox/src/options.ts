import type { Seed } from './seed.ts';
import type { FunctionComputeOptions } from './services/function-compute/function-compute.ts';
import type { ServiceName } from './services/names.ts';
import type { Activatable } from './world/activation.ts';
import type { KeyKind } from './world/identities.ts';

/** Of one world and its services. */
export interface CloudOptions extends Seed {
  /** What answers; the others are there for these to use. Default: all. */
  readonly services?: readonly ServiceName[];
  /** How many times faster than real time its clock goes. Default 1; 0: only when it is advanced. */
  readonly speed?: number;
  /** Default `cn-hangzhou`. */
  readonly region?: string;
  /**
   * `fixed`: the access keys of an account and of a RAM user are the same in every sandbox, so that
   * they can stand in a file. Default `random`.
   */
  readonly keys?: KeyKind;
  /** How many calls the journal keeps, the latest. Default 10 000. */
  readonly journalSize?: number;
  /**
   * Parameters of operations that are not modelled are let through, and listed under the state.
   * Default false: they are refused. Log Service and Function Compute refuse them all the same.
   */
  readonly lenient?: boolean;
  /** 16 digits. Default `1000000000000001`. */
  readonly managementAccountId?: string;
  /**
   * From its arrival until a log can be read, exactly; new logstores and indexes then work at once.
   * Default: as in the cloud, about 3 s, and up to a minute for those.
   */
  readonly logsVisibleAfterMs?: number;
  /** What each resource of a stack, and each change set, takes on the sandbox's clock. Default 1000. */
  readonly stackResourceMs?: number;
  /**
   * Whether the management account's bus gets the event of an invited account that accepts, which is
   * that account's own call. Nobody has seen it there. Default false.
   */
  readonly handshakeEventsReachManagement?: boolean;
  /** Services that the account never activated: each answers as it does then. Default: none. */
  readonly notActivated?: readonly Activatable[];
  /**
   * Service names of the service-linked roles that there are from the start. Default: those that the
   * console makes when somebody first uses EventBridge, if it is activated.
   */
  readonly serviceLinkedRoles?: readonly string[];
  readonly asyncRetryDelayMs?: FunctionComputeOptions['asyncRetryDelayMs'];
  readonly instanceIdleMs?: FunctionComputeOptions['instanceIdleMs'];
  readonly startInstance?: FunctionComputeOptions['startInstance'];
}

export interface SandboxOptions extends CloudOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** The address to listen at. Default `127.0.0.1`; whoever reaches it drives the sandbox. */
  readonly host?: string;
  /**
   * A file that the certificate of the authority for TLS by the cloud's host names is kept in, in PEM,
   * with its key in `{caFile}.key`. Made if neither is there. Default: a new one for this sandbox, in a
   * temporary file.
   */
  readonly caFile?: string;
  /** Stacks that are there from the start, in this order. */
  readonly stacks?: readonly NewStack[];
  /** Functions that are there from the start; what they need may be in `stacks`. */
  readonly serverless?: readonly ServerlessFile[];
  /**
   * What every function sees of its environment over its own variables, however it was deployed, so
   * that it finds the sandbox; it is not among its settings. Values may name `{endpoint}`, `{host}`,
   * `{region}` and `{accountId}`. Default: nothing.
   */
  readonly functionEnvironment?: Readonly<Record<string, string>>;
  /**
   * A folder that the directory, recorders, the log store, stacks and keys are kept in, and gone on
   * from when there is something in it already. Default: nothing is kept.
   */
  readonly persistDir?: string;
}

/** A template of Resource Orchestration Service. */
export interface NewStack {
  /** Path of the template, YAML or JSON. */
  readonly file: string;
  /** Default: the file's name without its ending. */
  readonly name?: string;
  /** Values may name what `functionEnvironment` may. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A file of Serverless Devs, with components `fc3`. */
export interface ServerlessFile {
  /** Path; paths in it start from its folder. */
  readonly file: string;
  /** What `${env('NAME')}` in it sees. Values may name what `functionEnvironment` may. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Set in every function, over what the file sets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What Serverless Devs has made of a file already. */
export interface RenderedServerless {
  readonly rendered: unknown;
  /** What paths in it start from. */
  readonly baseDir: string;
  readonly environment?: Readonly<Record<string, string>>;
}
