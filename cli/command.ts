import type { EnvironmentName } from './environment.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Operator } from './operator.ts';
import type { Output } from './output.ts';

/** An option of a command, as `--help` shows it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** May be given several times. Default false. */
  readonly multiple?: boolean;
  /** What stands for the value in `--help`, for example `ID`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The values that a command's options parse to. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name]['type'] extends 'boolean'
    ? boolean
    : Specs[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string | undefined;
};

export interface CommandContext {
  readonly output: Output;
  /** Connects what the command asks for, when it asks for it. */
  readonly operator: Operator;
  /** Aborted when the person wants to go: say how to pick up again, and return. */
  readonly interrupted: AbortSignal;
}

/** A command is data: its name, its help, and what it does. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What a person should know before using it. */
  readonly description: string;
  readonly options: Specs;
  /** What it reads of the environment beside credentials and region. Default: nothing. */
  readonly environment?: readonly EnvironmentName[];
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  /** Throws a `UsageError` for options that make no sense together. */
  run(options: OptionValues<Specs>, context: CommandContext): Promise<ExitCode>;
}

/** Something that the person typed is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Lets the compiler see a command's options. */
export function defineCommand<const Specs extends OptionSpecs>(
  command: Command<Specs>,
): Command<Specs> {
  return command;
}
