/** A parameter that an operation does not model, and that was let through. */
export interface IgnoredParameter {
  readonly service: string;
  readonly operation: string;
  readonly parameter: string;
  /** In how many calls. */
  readonly calls: number;
}

/**
 * What becomes of parameters that operations do not model: strictly they are refused, leniently they
 * are let through and listed here.
 */
export interface IgnoredParameters {
  readonly lenient: boolean;
  note(service: string, operation: string, parameter: string): void;
  /** In the order they were first met. */
  list(): readonly IgnoredParameter[];
}

export function createIgnoredParameters(lenient: boolean): IgnoredParameters {
  const ignored = new Map<string, IgnoredParameter>();
  return {
    lenient,
    note(service, operation, parameter) {
      const key = `${service} ${operation} ${parameter}`;
      const calls = (ignored.get(key)?.calls ?? 0) + 1;
      ignored.set(key, { service, operation, parameter, calls });
    },
    list: () => [...ignored.values()],
  };
}
