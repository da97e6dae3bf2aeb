const TRIGGER_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;

/** Source: FC 3.0 `CreateTriggerInput`, triggerName. */
export function problemOfTriggerName(name: string): string | undefined {
  return TRIGGER_NAME.test(name)
    ? undefined
    : `'${name}' is not 1–128 letters, digits, - and _, with a letter or _ first`;
}
