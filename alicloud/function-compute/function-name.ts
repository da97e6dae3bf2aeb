/** Of Function Compute 3.0, or with a service of 2.0. */
export interface FunctionName {
  readonly service?: string;
  readonly name: string;
}

/** Of each part: up to 128 letters, digits, `_` and `-`, the first no digit and no `-`. Source:
 * Function Compute, "CreateFunction", functionName. */
const FUNCTION_NAME = /^(?:([A-Za-z_][\w-]{0,127})\/)?([A-Za-z_][\w-]{0,127})$/;

/** `name` or `service/name`; `undefined` for what is neither. */
export function parseFunctionName(text: string): FunctionName | undefined {
  const [, service, name] = FUNCTION_NAME.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, ...(service === undefined ? {} : { service }) };
}
