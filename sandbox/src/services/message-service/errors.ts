import { type ErrorTable, ServiceError } from '../../protocols/service-error.ts';

/** Source: MNS, "Error codes". Queues are in process: nothing is answered over HTTP. */
const MESSAGE_SERVICE_ERRORS = {
  QueueNameInvalid: { status: 400, message: 'The queue name you provided is invalid.' },
  QueueNotExist: { status: 404, message: 'The queue name you provided does not exist.' },
} as const satisfies ErrorTable;

export function messageServiceError(
  code: keyof typeof MESSAGE_SERVICE_ERRORS,
  message: string,
): ServiceError {
  return new ServiceError(code, MESSAGE_SERVICE_ERRORS[code].status, message);
}
