import type { ServiceError } from '../../../protocols/service-error.ts';
import { logError } from '../errors.ts';

/** From 1, in what follows the `|`, as the service counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What the service refuses, too: 400 `ParameterInvalid`, `line 1:44: …`. */
export function statementError(at: Position, reason: string): ServiceError {
  return logError('ParameterInvalid', `line ${at.line}:${at.column}: ${reason}`);
}

/** What only the sandbox refuses, or may be the only one to refuse. */
export function unsupported(at: Position, what: string): ServiceError {
  return logError(
    'SandboxUnsupportedAnalytics',
    `line ${at.line}:${at.column}: The sandbox does not model ${what} in analytic statements.`,
  );
}
