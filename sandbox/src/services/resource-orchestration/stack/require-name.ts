import { invalidParameter } from '../errors.ts';

/** Of a stack or a change set. */
export function requireName(parameter: string, name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/.test(name)) {
    throw invalidParameter(parameter, 'it must be 1 to 255 letters, digits, - and _');
  }
}
