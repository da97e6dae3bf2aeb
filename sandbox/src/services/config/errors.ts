import type { ErrorTable } from '../../protocols/service-error.ts';

/**
 * Sources: alibabacloud.com, Cloud Config, `StartConfigurationRecorder` (2019-01-08) and
 * `GetAggregator` (2020-09-07), tables of error codes.
 */
export const configErrors = {
  AccountNotExisted: { status: 404, message: 'Your account does not exist.' },
  CreateSLRFail: { status: 500, message: 'Failed to create SLR.' },
  'Invalid.AggregatorId.Value': {
    status: 400,
    message: 'The specified AggregatorId is invalid.',
  },
  NoPermission: { status: 400, message: 'You are not authorized to perform this operation.' },
  ProcessIsRunning: { status: 400, message: 'The process is running.' },
  RDMemberNoPermission: {
    status: 400,
    message:
      'You are not authorized to perform the operation. The reasons include: 1. You have not enabled the resource directory service. 2. You are not using the administrator account of resource directory.',
  },
  ServiceUnavailable: {
    status: 503,
    message: 'The request has failed due to a temporary failure of the server.',
  },
} as const satisfies ErrorTable;
