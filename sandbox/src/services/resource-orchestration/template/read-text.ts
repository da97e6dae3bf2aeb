import { parseDocument } from 'yaml';
import { notModelled, rosError } from '../errors.ts';
import { isMap, toValue, type ValueMap } from './value.ts';

const LARGEST_TEMPLATE_BYTES = 524_288;

/** YAML or JSON. Throws `InvalidSchema`, and `SandboxUnsupportedTemplate` for tags like `!Ref`. */
export function readText(text: string): ValueMap {
  if (Buffer.byteLength(text) > LARGEST_TEMPLATE_BYTES) {
    throw rosError('InvalidSchema', `A template has up to ${LARGEST_TEMPLATE_BYTES} bytes.`);
  }
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw rosError('InvalidSchema', error.message);
  const [warning] = document.warnings;
  // A tag that is not resolved would pass its text on as it is.
  if (warning !== undefined) throw notModelled(`this YAML: ${warning.message}`);
  const value = toValue(document.toJS());
  if (!isMap(value)) throw rosError('InvalidSchema', 'The template must be a map.');
  return value;
}
