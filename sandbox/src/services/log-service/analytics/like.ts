import type { Typed } from './scope.ts';
import { statementError } from './statement-error.ts';
import type { Kind } from './syntax.ts';
import { typed } from './typed.ts';
import { isA, quoteText } from './types.ts';

export function like({ escapedBy, at }: Kind<'like'>, text: Typed, wanted: Typed): Typed {
  if (!isA(text.type, 'varchar')) {
    throw statementError(
      at,
      `Left side of LIKE expression must evaluate to a varchar (actual: ${text.type})`,
    );
  }
  if (!isA(wanted.type, 'varchar')) {
    throw statementError(
      at,
      `Pattern for LIKE expression must evaluate to a varchar (actual: ${wanted.type})`,
    );
  }
  if (
    escapedBy !== undefined &&
    (escapedBy.kind !== 'string' || [...escapedBy.text].length !== 1)
  ) {
    throw statementError(escapedBy.at, 'Escape must be a single character');
  }
  const escaped = escapedBy?.kind === 'string' ? ` ESCAPE ${quoteText(escapedBy.text)}` : '';
  return typed('boolean', `(${text.sql} LIKE ${wanted.sql}${escaped})`, text, wanted);
}
