import { FUNCTION_LOGS, PROJECT, RESULTS } from './log-store.ts';
import { arn, type Resource, type Resources } from './ros.ts';
import { inline, noted, type Value } from './yaml.ts';

/** The name of the queue of what could not be done. */
export const FAILURES = 'account-onboarding-failures';

const logstore = (name: string) => arn('log', `project/${PROJECT}/logstore/${name}`);

/** Everything that the functions and CloudFlow may do. */
export function roles(): Resources {
  return {
    FunctionRole: role({
      name: 'account-onboarding',
      description: 'What the functions of account onboarding may do',
      service: 'fc.aliyuncs.com',
      statements: [
        noted(
          'Turn on enterprise mode, and see whether it is on. Nothing that stops or deletes.',
          allow(
            ['config:DescribeConfigurationRecorder', 'config:StartConfigurationRecorder'],
            ['*'],
          ),
        ),
        noted(
          'See which accounts are covered.',
          allow(
            ['config:GetAggregator', 'config:ListAggregators'],
            [arn('config', 'aggregator/*', '*')],
          ),
        ),
        noted(
          'See which accounts there are.',
          allow(['resourcemanager:GetResourceDirectory', 'resourcemanager:ListAccounts'], ['*']),
        ),
        noted('The first activation of Cloud Config creates its service-linked role.', {
          ...allow(['ram:CreateServiceLinkedRole'], ['*']),
          Condition: { StringEquals: { 'ram:ServiceName': ['config.aliyuncs.com'] } },
        }),
        noted(
          'Write results, and what the functions print.',
          allow(['log:PostLogStoreLogs'], [logstore(RESULTS), logstore(FUNCTION_LOGS)]),
        ),
        noted(
          'Say once of an account that it is covered now, after runs that left it open.',
          allow(['log:GetLogStoreLogs'], [logstore(RESULTS)]),
        ),
        noted(
          'Keep the event of an invocation that failed to the end.',
          allow(['mns:SendMessage'], [arn('mns', `/queues/${FAILURES}/messages`)]),
        ),
      ],
    }),
    FlowRole: role({
      name: 'account-onboarding-flow',
      description: 'Lets CloudFlow invoke the function backfill',
      service: 'fnf.aliyuncs.com',
      statements: [allow(['fc:InvokeFunction'], [arn('fc', 'functions/backfill*')])],
    }),
  };
}

interface Role {
  /** In lower case: Serverless Devs sends names in lower case. */
  readonly name: string;
  readonly description: string;
  /** Which service acts in it. */
  readonly service: string;
  readonly statements: readonly Value[];
}

/** A role with one policy of its own, of the same name. */
function role({ name, description, service, statements }: Role): Resource {
  return {
    Type: 'ALIYUN::RAM::Role',
    Properties: {
      RoleName: name,
      Description: description,
      AssumeRolePolicyDocument: {
        Version: '1',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: inline({ Service: [service] }),
          },
        ],
      },
      Policies: [{ PolicyName: name, PolicyDocument: { Version: '1', Statement: statements } }],
    },
  };
}

function allow(actions: readonly string[], resources: readonly Value[]) {
  return { Effect: 'Allow', Action: actions, Resource: resources };
}
