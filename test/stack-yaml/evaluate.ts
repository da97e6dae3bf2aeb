import { TEMPLATE } from './template.ts';

const PSEUDO: Readonly<Record<string, string>> = {
  'ALIYUN::Region': 'cn-hangzhou',
  'ALIYUN::TenantId': '1000000000000001',
  'ALIYUN::StackName': 'account-onboarding',
  'ALIYUN::StackId': 'stack-id',
};

/**
 * Properties with what is known only later put in as placeholders. `condition`: which branch of
 * every `Fn::If` is taken. Throws for a function that it does not know.
 */
export function evaluate(value: unknown, condition: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, condition));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && /^(Ref$|Fn::)/.test(first[0])) {
    return call(first[0], first[1], condition);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, evaluate(item, condition)]));
}

function call(name: string, input: unknown, condition: boolean): unknown {
  switch (name) {
    case 'Ref':
      return reference(String(input));
    case 'Fn::GetAtt':
      return 'an-attribute';
    case 'Fn::Sub':
      return String(input).replaceAll(/\$\{(?!!)([^}]+)\}/g, (_, key) => String(reference(key)));
    case 'Fn::If': {
      if (!Array.isArray(input) || input.length !== 3) throw new Error('Fn::If takes three.');
      return evaluate(condition ? input[1] : input[2], condition);
    }
    default:
      throw new Error(`${name} is not known here.`);
  }
}

function reference(name: string): string | number {
  const value = PSEUDO[name] ?? TEMPLATE.Parameters[name]?.Default;
  if (value !== undefined) return value;
  if (TEMPLATE.Resources[name.split('.')[0] ?? ''] !== undefined) return 'a-resource';
  throw new Error(`${name} is not there.`);
}
