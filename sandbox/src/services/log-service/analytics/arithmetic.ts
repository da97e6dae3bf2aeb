import type { Typed } from './scope.ts';
import type { Kind } from './syntax.ts';
import { mismatched, typed } from './typed.ts';
import { commonType, heldAs, isNumeric } from './types.ts';

/** Whole numbers divide to a whole number; a division of them by zero is an error. */
export function arithmetic({ operator, at }: Kind<'arithmetic'>, a: Typed, b: Typed): Typed {
  const type = commonType([a.type, b.type]);
  if (type === undefined || !isNumeric(type)) throw mismatched(operator, a, b, at);
  if (operator !== '/' && operator !== '%') {
    return typed(type, `(${a.sql} ${operator} ${b.sql})`, a, b);
  }
  if (type === 'double') {
    const name = operator === '/' ? 'sls_divide' : 'sls_modulo';
    return typed(type, heldAs('double', `${name}(${a.sql}, ${b.sql})`), a, b);
  }
  const divisor = /^[1-9]\d*$/.test(b.sql) ? b.sql : heldAs('bigint', `sls_divisor(${b.sql})`);
  return typed(type, `(${a.sql} ${operator} ${divisor})`, a, b);
}
