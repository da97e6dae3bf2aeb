import { describeAge } from '../../duration.ts';
import type { Texts } from '../../texts/en.ts';
import { amiss, type Check, type CheckContext, missing, ok } from '../check.ts';
import { type Difference, differences, mapOf } from '../differences.ts';
import type { FunctionToDeploy } from '../serverless-devs-file.ts';

/** Of each function: whether it is there, with which settings, and with which code. */
export function functionChecks(functions: readonly FunctionToDeploy[]): readonly Check[] {
  return functions.flatMap(({ name, triggers }) => [
    thereCheck(name),
    settingsCheck(name),
    codeCheck(name),
    ...triggers.map((trigger) => triggerCheck(name, trigger.name)),
  ]);
}

const idOf = (name: string) => `function-${name}`;

function thereCheck(name: string): Check {
  return {
    id: idOf(name),
    group: 'functions',
    needs: ['function-compute'],
    title: ({ function: title }) => title(name),
    async run({ inspection, nowMs, texts }) {
      const { doctor } = texts;
      const found = await inspection.function(name);
      if (found === undefined) return missing(doctor.notDeployed, doctor.remedies.deploy);
      const { state, stateReason, lastUpdateStatus, lastUpdateStatusReason } = found.settings;
      if (state === 'Failed') {
        return amiss(doctor.functionFailed(String(stateReason)), doctor.remedies.redeploy);
      }
      if (lastUpdateStatus === 'Failed') {
        return amiss(doctor.updateFailed(String(lastUpdateStatusReason)), doctor.remedies.redeploy);
      }
      const age = describeAge(nowMs - Date.parse(found.lastModifiedTime), texts);
      return ok(doctor.deployed(age));
    },
  };
}

/** Members that nothing but s.yaml may add to. */
const STRICT = ['environmentVariables'];

function settingsCheck(name: string): Check {
  return {
    id: `${idOf(name)}-settings`,
    group: 'functions',
    needs: [idOf(name)],
    title: ({ settings }) => settings(name),
    async run(context) {
      const { inspection, texts } = context;
      const { doctor } = texts;
      const expected = await expectedFunction(name, context);
      const [found, asyncInvokeConfig, reservedConcurrency] = await Promise.all([
        inspection.function(name),
        inspection.asyncInvokeConfig(name),
        inspection.reservedConcurrency(name),
      ]);
      const settings = found?.settings ?? {};
      const different = [
        ...differences(comparable(expected.settings), comparable(settings), STRICT),
        ...differences(expected.asyncInvokeConfig, asyncInvokeConfig ?? {}),
        ...differences(
          { reservedConcurrency: expected.reservedConcurrency },
          { reservedConcurrency },
        ),
      ];
      return different.length === 0
        ? ok(doctor.sameSettings)
        : amiss(
            doctor.otherSettings,
            doctor.remedies.redeploy,
            different.map((one) => describe(one, doctor)),
          );
    },
  };
}

/**
 * Functions take an empty variable for one that is not set, and names of roles are sent in lower
 * case.
 */
function comparable(settings: Readonly<Record<string, unknown>>) {
  const variables = Object.entries(mapOf(settings.environmentVariables));
  return {
    ...settings,
    role: String(settings.role).toLowerCase(),
    environmentVariables: Object.fromEntries(variables.filter(([, value]) => value !== '')),
  };
}

/** What is not expected is not shown: it may be a secret. */
function describe({ path, expected, actual }: Difference, doctor: Texts['doctor']): string {
  if (expected === undefined) return doctor.unexpectedSetting(path);
  if (actual === undefined) return doctor.settingMissing(path, shown(expected));
  return doctor.settingDiffers(path, shown(actual), shown(expected));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function codeCheck(name: string): Check {
  return {
    id: `${idOf(name)}-code`,
    group: 'functions',
    needs: [idOf(name)],
    title: ({ code }) => code(name),
    async run(context) {
      const { inspection, deployment, texts } = context;
      const { doctor } = texts;
      const { codeFolder } = await expectedFunction(name, context);
      const built = await deployment.builtCode(codeFolder);
      if (built === undefined) return missing(doctor.notBuilt(codeFolder), doctor.remedies.build);
      const different = differences(built, (await inspection.code(name)) ?? {}, ['']);
      return different.length === 0
        ? ok(doctor.sameCode)
        : amiss(
            doctor.otherCode,
            doctor.remedies.redeploy,
            different.map(({ path }) => path),
          );
    },
  };
}

function triggerCheck(functionName: string, name: string): Check {
  return {
    id: name,
    group: 'functions',
    needs: [idOf(functionName)],
    title: ({ trigger }) => trigger(name),
    async run(context) {
      const { inspection, texts } = context;
      const { doctor } = texts;
      const { triggers } = await expectedFunction(functionName, context);
      const expected = triggers.find((one) => one.name === name);
      const found = await inspection.trigger(functionName, name);
      if (found === undefined) return missing(doctor.none, doctor.remedies.redeploy);
      if (found.config.enable === false) {
        return amiss(doctor.disabledTrigger, doctor.remedies.enable(functionName, name));
      }
      const different = differences(
        { type: expected?.type, qualifier: expected?.qualifier, ...expected?.config },
        { type: found.type, qualifier: found.qualifier, ...found.config },
      );
      return different.length === 0
        ? ok(String(found.config.cronExpression))
        : amiss(
            doctor.otherSettings,
            doctor.remedies.redeploy,
            different.map((one) => describe(one, doctor)),
          );
    },
  };
}

async function expectedFunction(
  name: string,
  { inspection, deployment }: CheckContext,
): Promise<FunctionToDeploy> {
  const { accountId } = await inspection.caller();
  const expected = deployment.functions(accountId).find((one) => one.name === name);
  if (expected === undefined) throw new Error(`s.yaml has no function ${name}.`);
  return expected;
}
