import type { Typed } from './scope.ts';
import { statementError, unsupported } from './statement-error.ts';
import type { Kind } from './syntax.ts';
import { typed } from './typed.ts';
import { heldAs, isTime } from './types.ts';

export function cast({ type: name, safe, at }: Kind<'cast'>, value: Typed): Typed {
  const { type, sql } = value;
  const tried = safe ? 'sls_try_' : 'sls_';
  if (name === 'varchar') return typed('varchar', textSql(value), value);
  if (name !== 'bigint' && name !== 'double') throw unsupported(at, `a cast to ${name}`);
  if (isTime(type) && type !== 'unknown') {
    throw statementError(at, `Cannot cast ${type} to ${name}`);
  }
  if (type === 'boolean' || type === name || (type === 'bigint' && name === 'double')) {
    return typed(name, heldAs(name, sql), value);
  }
  return typed(name, heldAs(name, `${tried}${name}(${sql})`), value);
}

function textSql({ type, sql }: Typed): string {
  switch (type) {
    case 'bigint':
      return heldAs('varchar', sql);
    case 'boolean':
      return `CASE ${sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
    case 'double':
      return `sls_double_text(${sql})`;
    case 'timestamp':
      return `sls_time_text(${sql}, 0)`;
    case 'timestamp with time zone':
      return `sls_time_text(${sql}, 1)`;
    case 'unknown':
    case 'varchar':
      return sql;
  }
}
