import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { OrganizationReading } from '../../workflows/onboarding/model.ts';
import type { Recorder } from '../../workflows/onboarding/ports.ts';

import { parseAnswer, type RpcAnswer, type RpcClient } from '../rpc-client.ts';

/** Of 2019-01-08: the newer API has neither the organization's status nor enterprise mode. */
const API_VERSION = '2019-01-08';

const answerSchema = v.object({
  ConfigurationRecorder: v.object({
    ConfigurationRecorderStatus: v.nullish(v.string()),
    OrganizationEnableStatus: v.nullish(v.string()),
  }),
});

export function createRecorder(client: RpcClient): Recorder {
  return {
    async describe(options) {
      const operation = 'DescribeConfigurationRecorder';
      try {
        return reading(operation, await client.call(API_VERSION, operation, {}, options));
      } catch (error) {
        if (isCloudError(error) && error.code === 'AccountNotExisted') {
          return {
            organizationStatus: 'NOT_ACTIVATED',
            requestId: error.requestId,
          };
        }
        throw error;
      }
    },
    async startEnterpriseMode(options) {
      const operation = 'StartConfigurationRecorder';
      const params = { EnterpriseEdition: true };
      return reading(operation, await client.call(API_VERSION, operation, params, options));
    },
  };
}

function reading(operation: string, answer: RpcAnswer): OrganizationReading {
  const { ConfigurationRecorder: recorder } = parseAnswer(operation, answerSchema, answer);
  const recorderStatus = recorder.ConfigurationRecorderStatus ?? undefined;
  return {
    // The documented sample has none: then nothing says that the organization is enabled.
    organizationStatus: recorder.OrganizationEnableStatus ?? 'REGISTRABLE',
    recorderStatus,
    requestId: answer.requestId,
  };
}
