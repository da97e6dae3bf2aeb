import type { RpcProduct } from '../../protocols/rpc/operation.ts';
import type { ConfigState } from './config-state.ts';
import { describeConfigurationRecorder } from './describe-configuration-recorder.ts';
import { configErrors } from './errors.ts';
import { getAggregator } from './get-aggregator.ts';
import { getConfigurationRecorder } from './get-configuration-recorder.ts';
import { listAggregators } from './list-aggregators.ts';
import { startConfigurationRecorder } from './start-configuration-recorder.ts';
import { startConfigurationRecorder2020 } from './start-configuration-recorder-2020.ts';

/** Cloud Config. Quotas: help.aliyun.com document_detail/2936822 and 2932320. */
export function createConfigService(state: ConfigState) {
  return {
    service: 'config',
    hostId: 'config.cn-shanghai.aliyuncs.com',
    versions: {
      '2019-01-08': {
        DescribeConfigurationRecorder: describeConfigurationRecorder(state),
        StartConfigurationRecorder: startConfigurationRecorder(state),
      },
      '2020-09-07': {
        GetAggregator: getAggregator(state),
        GetConfigurationRecorder: getConfigurationRecorder(state),
        ListAggregators: listAggregators(state),
        StartConfigurationRecorder: startConfigurationRecorder2020(state),
      },
    },
    errors: configErrors,
    quotas: {
      DescribeConfigurationRecorder: { calls: 300, windowMs: 60_000 },
      GetAggregator: { calls: 500, windowMs: 60_000 },
      ListAggregators: { calls: 120, windowMs: 60_000 },
      StartConfigurationRecorder: { calls: 60, windowMs: 60_000 },
    },
  } satisfies RpcProduct;
}
