import type { ConfigOptions } from '../services/config/config-data.ts';
import type { DirectoryOptions } from '../services/resource-manager/directory.ts';
import { startedByTest } from './each-test.ts';
import { MANAGEMENT_ACCOUNT_ID, startRpcSandbox } from './rpc-sandbox.ts';

export const NOT_ACTIVATED = {
  code: 'AccountNotExisted',
  entry: { response: { statusCode: 404 } },
};

/** A sandbox that each test starts, and what the management account asks Cloud Config in it. */
export function configOfEachTest() {
  const { started: sandbox, start } = startedByTest(
    (config: ConfigOptions = {}, directory: Omit<DirectoryOptions, 'world'> = { members: 2 }) =>
      startRpcSandbox({ config, directory }),
  );

  const enterprise = () =>
    sandbox.popCore('2019-01-08')('StartConfigurationRecorder', { EnterpriseEdition: true });

  const describe = async () =>
    Object(await sandbox.popCore('2019-01-08')('DescribeConfigurationRecorder'))
      .ConfigurationRecorder;

  const groups = async () =>
    Object(await sandbox.popCore('2020-09-07')('ListAggregators')).AggregatorsResult.Aggregators;

  const groupId = () => sandbox.config.groupOf(MANAGEMENT_ACCOUNT_ID)?.aggregatorId ?? '';

  const group = async () =>
    Object(await sandbox.popCore('2020-09-07')('GetAggregator', { AggregatorId: groupId() }))
      .Aggregator;

  /** Recorder statuses of the group's members, in the group's order. */
  const statuses = async () =>
    (await group()).AggregatorAccounts.map((member: unknown) => Object(member).RecorderStatus);

  return { sandbox, start, enterprise, describe, groups, group, statuses };
}
