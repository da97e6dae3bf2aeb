export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

export interface PolicyDocument {
  readonly Version: '1';
  readonly Statement: readonly PolicyStatement[];
}

/** Whether a policy allows an action on a resource, given what the call says of itself. */
export type PolicyCheck = (
  action: string,
  resource: string,
  conditionKeys?: Readonly<Record<string, string>>,
) => boolean;

interface Rule {
  readonly allows: boolean;
  matches(action: string, resource: string, keys: Readonly<Record<string, string>>): boolean;
}

const STATEMENT_KEYS = ['Effect', 'Action', 'Resource', 'Condition'];

/**
 * RAM's evaluation: a matching Deny wins, then a matching Allow, else no. `*` and `?` in Action and
 * Resource; conditions only as `{StringEquals: {'ram:ServiceName': …}}`, in Allow only.
 * Throws for everything else a statement may hold.
 * Source: help.aliyun.com, RAM, "Policy structure and syntax".
 */
export function createPolicyCheck(policy: PolicyDocument): PolicyCheck {
  const rules = policy.Statement.map(ruleOf);
  return (action, resource, keys = {}) => {
    const matching = rules.filter((rule) => rule.matches(action, resource, keys));
    return matching.length > 0 && matching.every((rule) => rule.allows);
  };
}

function ruleOf(statement: PolicyStatement): Rule {
  const unknown = Object.keys(statement).filter((key) => !STATEMENT_KEYS.includes(key));
  if (unknown.length > 0) {
    throw new Error(`The sandbox does not model ${unknown.join(', ')} in a policy statement.`);
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new Error(`The Effect of a policy statement is Allow or Deny: ${statement.Effect}`);
  }
  const actions = patterns(statement.Action, 'i');
  const resources = patterns(statement.Resource, '');
  const serviceNames = conditionOf(statement);
  return {
    allows: statement.Effect === 'Allow',
    matches: (action, resource, keys) =>
      actions.some((pattern) => pattern.test(action)) &&
      resources.some((pattern) => pattern.test(resource)) &&
      (serviceNames === undefined || serviceNames.includes(keys['ram:ServiceName'] ?? '')),
  };
}

function conditionOf(statement: PolicyStatement): readonly string[] | undefined {
  if (statement.Condition === undefined) return undefined;
  const operators = Object.entries(statement.Condition);
  const [operator, tests] = operators[0] ?? [];
  const serviceNames = tests?.['ram:ServiceName'];
  if (
    operators.length !== 1 ||
    operator !== 'StringEquals' ||
    serviceNames === undefined ||
    Object.keys(tests ?? {}).length !== 1 ||
    statement.Effect !== 'Allow'
  ) {
    throw new Error(
      'The sandbox models one condition of a policy only: StringEquals on ram:ServiceName, in an ' +
        `Allow. This statement has ${JSON.stringify(statement.Condition)}`,
    );
  }
  return asList(serviceNames);
}

function patterns(texts: string | readonly string[], flags: string): RegExp[] {
  return asList(texts).map((text) => {
    const source = text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, `s${flags}`);
  });
}

function asList(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
