import type { Examination } from '../../cli/doctor/examine.ts';
import { EXIT, type ExitCode } from '../../cli/exit-codes.ts';
import type { Output } from '../../cli/output.ts';
import type { Texts } from '../../cli/texts/en.ts';

/** What deploys the functions of s.yaml, each to an exit code: it says itself what it does, and why not. */
export interface DeployFunctions {
  /** Shows s.yaml as it would be deployed, compared with nothing. */
  preview(accountId: string): Promise<number>;
  /** Safe to repeat: what is there is updated. */
  deploy(accountId: string): Promise<number>;
  /** Safe to repeat. That it ends with 0 does not say that anything is gone. */
  remove(accountId: string): Promise<number>;
}

/** What a deployment works with. */
export interface DeployPorts {
  readonly output: Output;
  /** Of what the operator's command says. */
  readonly texts: Texts;
  /** Aborted when the person wants to go. */
  readonly interrupted: AbortSignal;
  /** Builds the functions; an exit code. */
  build(): Promise<number>;
  /** The operator's command as it is typed; its exit code. */
  onboard(...args: readonly string[]): Promise<number>;
  readonly functions: DeployFunctions;
  /** At what is there now. */
  look(): Promise<Examination>;
  /** Asks the person, or knows. */
  isWanted(): Promise<boolean>;
}

/** Nothing was done: it was not agreed to, could not be planned, or the person has gone. */
export function exitCodeOfRefusal({ interrupted }: DeployPorts): ExitCode {
  return interrupted.aborted ? EXIT.INTERRUPTED : EXIT.ERROR;
}
