import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ros from '@alicloud/ros-cdk-core';
import * as eventBridge from '@alicloud/ros-cdk-eventbridge';
import * as ram from '@alicloud/ros-cdk-ram';
import * as sls from '@alicloud/ros-cdk-sls';

const PACKAGES: Readonly<Record<string, object>> = { EventBridge: eventBridge, RAM: ram, SLS: sls };

/** Their contents are the user's own: their names are not those of properties. */
const OPAQUE = ['Charts', 'Condition'];

/** There are official validators for this type of resource. */
export function hasValidator(type: string): boolean {
  return validatorOf(type) !== undefined;
}

/**
 * The properties as the official class renders them: it leaves out what it does not know. Throws
 * what its validator says.
 */
export function renderProperties(type: string, properties: object): unknown {
  const Resource = validatorOf(type);
  if (Resource === undefined) throw new Error(`${type} has no validator.`);
  const outdir = mkdtempSync(join(tmpdir(), 'ros-cdk-'));
  try {
    const app = new ros.App({ outdir });
    const stack = new ros.Stack(app, 'stack');
    Reflect.construct(Resource, [stack, 'resource', inCamelCase(properties), true]);
    const template: unknown = app.synth().getStackByName('stack').template;
    return memberOf(template, 'Resources', 'resource', 'Properties');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function validatorOf(type: string): (new (...inputs: never[]) => unknown) | undefined {
  const [, product = '', name = ''] = type.split('::');
  const found: unknown = Reflect.get(PACKAGES[product] ?? {}, `Ros${name}`);
  return isClass(found) ? found : undefined;
}

function isClass(value: unknown): value is new (...inputs: never[]) => unknown {
  return typeof value === 'function';
}

function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      // A name all in capitals is one word, and `id` is taken by the classes themselves.
      key === 'Id'
        ? 'identity'
        : key.replace(/^([A-Z]+$|[A-Z])/, (capitals) => capitals.toLowerCase()),
      OPAQUE.includes(key) ? item : inCamelCase(item),
    ]),
  );
}

function memberOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined,
    value,
  );
}
