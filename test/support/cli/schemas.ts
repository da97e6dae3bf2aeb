import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const FOLDER = new URL('../../../cli/schemas/', import.meta.url);

/** Of `cli/schemas`, without `.schema.json`. */
export const SCHEMA_NAMES = readdirSync(FOLDER).map((file) => file.replace('.schema.json', ''));

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
for (const name of SCHEMA_NAMES) {
  ajv.addSchema(JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8')), name);
}

/** What is wrong with it, by the command's schema; empty where nothing is. */
export function schemaErrors(name: string, json: unknown): unknown[] {
  ajv.validate(name, json);
  return ajv.errors ?? [];
}
