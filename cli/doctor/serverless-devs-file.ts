import * as v from 'valibot';
import { isMap } from './differences.ts';

/** A function as s.yaml deploys it. */
export interface FunctionToDeploy {
  readonly name: string;
  /** Of its package, from the file's folder on. */
  readonly codeFolder: string;
  /** By the names of the API; what is not named is not compared. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly asyncInvokeConfig: Readonly<Record<string, unknown>>;
  readonly reservedConcurrency: number;
  readonly triggers: readonly TriggerToDeploy[];
}

export interface TriggerToDeploy {
  readonly name: string;
  readonly type: string;
  readonly qualifier: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const map = v.custom<Readonly<Record<string, unknown>>>(isMap, 'no map');

const fileSchema = v.object({
  vars: v.optional(v.record(v.string(), v.string()), {}),
  resources: v.record(v.string(), v.object({ props: map })),
});

const propsSchema = v.looseObject({
  region: v.string(),
  functionName: v.string(),
  code: v.string(),
  asyncInvokeConfig: v.looseObject({ qualifier: v.string() }),
  concurrencyConfig: v.strictObject({ reservedConcurrency: v.number() }),
  triggers: v.optional(
    v.array(
      v.object({
        triggerName: v.string(),
        triggerType: v.string(),
        qualifier: v.string(),
        triggerConfig: map,
      }),
    ),
    [],
  ),
});

/**
 * The functions of s.yaml, its variables filled in from `environment` as Serverless Devs does it.
 * `file` is the file's parsed text. Throws for a file that is not written as ours is.
 */
export function functionsToDeploy(
  file: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): FunctionToDeploy[] {
  const { vars, resources } = v.parse(fileSchema, file);
  return Object.values(resources).map(({ props }) => {
    const { region, functionName, code, asyncInvokeConfig, concurrencyConfig, triggers, ...rest } =
      v.parse(propsSchema, fillIn(props, vars, environment));
    const { qualifier, ...asynchronous } = asyncInvokeConfig;
    return {
      name: functionName,
      codeFolder: code,
      settings: rest,
      asyncInvokeConfig: asynchronous,
      reservedConcurrency: concurrencyConfig.reservedConcurrency,
      triggers: triggers.map(({ triggerName, triggerType, triggerConfig, ...trigger }) => ({
        name: triggerName,
        type: triggerType,
        qualifier: trigger.qualifier,
        config: triggerConfig,
      })),
    };
  });
}

type Variables = Readonly<Record<string, string>>;

function fillIn(
  value: unknown,
  vars: Variables,
  environment: Readonly<Record<string, string | undefined>>,
): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([^}]*)\}/g, (_, expression: string) =>
      evaluate(expression.trim(), vars, environment),
    );
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, vars, environment));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillIn(item, vars, environment)]),
  );
}

/** `vars.name`, `env('NAME')` or `env('NAME', 'default')`. */
function evaluate(
  expression: string,
  vars: Variables,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const [, variable] = /^vars\.(\w+)$/.exec(expression) ?? [];
  if (variable !== undefined && Object.hasOwn(vars, variable)) {
    return String(fillIn(vars[variable], vars, environment));
  }
  const [, name, fallback = ''] = /^env\('(\w+)'(?:, *'([^']*)')?\)$/.exec(expression) ?? [];
  if (name !== undefined) return environment[name] || fallback;
  throw new Error(`s.yaml has \${${expression}}, which onboard can't read.`);
}
