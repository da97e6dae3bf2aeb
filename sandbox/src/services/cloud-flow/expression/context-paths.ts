import type { Expression } from './syntax.ts';

/**
 * What `$Context` holds. Source: "Data passing"
 * (alibabacloud.com/help/en/serverless-workflow/latest/data-transfer). The documented
 * `Current.TaskToken` is not modelled.
 */
const CONTEXT_PATHS: readonly RegExp[] = [
  /^Execution\.(Name|RoleArn)$/,
  /^Execution\.Input(\.|$)/,
  /^Current\.(Name|RetryCount)$/,
  /^Current\.(Input|Output)(\.|$)/,
  /^Current\.Error(\.(Code|Detail))?$/,
];

export function contextProblem({
  variable,
  steps,
}: Extract<Expression, { kind: 'path' }>): string | undefined {
  const path = steps.join('.');
  if (variable !== '$Context' || CONTEXT_PATHS.some((known) => known.test(path))) return undefined;
  return `$Context.${path} is not modelled`;
}
