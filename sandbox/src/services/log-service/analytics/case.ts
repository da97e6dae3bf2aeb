import type { Typed } from './scope.ts';
import { statementError } from './statement-error.ts';
import type { Kind } from './syntax.ts';
import { requireBoolean, typed } from './typed.ts';
import { coerced, commonType } from './types.ts';

interface CaseParts {
  readonly subject: Typed | undefined;
  readonly whens: readonly Typed[];
  /** One for each WHEN, then that of ELSE, if there is one. */
  readonly results: readonly Typed[];
}

export function caseOf(
  expression: Kind<'case'>,
  { subject: of, whens, results }: CaseParts,
): Typed {
  const { branches, otherwise, at } = expression;
  whens.forEach((when, index) => {
    const where = branches[index]?.when.at ?? at;
    if (of === undefined) {
      requireBoolean('CASE WHEN clause', when, where);
    } else if (commonType([of.type, when.type]) === undefined) {
      throw statementError(
        where,
        `CASE operand type does not match WHEN clause operand type: ${of.type} vs ${when.type}`,
      );
    }
  });
  const type = commonType(results.map((result) => result.type));
  if (type === undefined) {
    throw statementError(
      at,
      `All CASE results must be the same type: ${results.map((each) => each.type).join(', ')}`,
    );
  }
  const parts = whens.map((when, index) => {
    const then = results[index];
    return `WHEN ${when.sql} THEN ${then === undefined ? 'NULL' : coerced(then, type)}`;
  });
  const last = otherwise === undefined ? undefined : results.at(-1);
  const rest = last === undefined ? '' : ` ELSE ${coerced(last, type)}`;
  const sql = `CASE ${of === undefined ? '' : `${of.sql} `}${parts.join(' ')}${rest} END`;
  return typed(type, `(${sql})`, ...(of === undefined ? [] : [of]), ...whens, ...results);
}
