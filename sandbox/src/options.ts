import type { CloudOptions } from './cloud.ts';

export interface SandboxOptions extends CloudOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** The address to listen at. Default `127.0.0.1`; whoever reaches it drives the sandbox. */
  readonly host?: string;
  /** Stacks that are there from the start, in this order. */
  readonly stacks?: readonly NewStack[];
  /** Functions that are there from the start; what they need may be in `stacks`. */
  readonly serverless?: readonly ServerlessFile[];
  /**
   * Set in every function, over what its file sets, so that it finds the sandbox. Values may name
   * `{endpoint}`, `{host}`, `{region}` and `{accountId}`. Default: nothing.
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
  /** Set in every function, over what the file and `functionEnvironment` set. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What Serverless Devs has made of a file already. */
export interface RenderedServerless {
  readonly rendered: unknown;
  /** What paths in it start from. */
  readonly baseDir: string;
  readonly environment?: Readonly<Record<string, string>>;
}
