import { type ErrorTable, ServiceError } from '../../protocols/service-error.ts';

/** In process only; the codes are the sandbox's own. */
const EVENT_BRIDGE_ERRORS = {
  EventPatternInvalid: { status: 400, message: 'The event pattern is invalid.' },
  EventRuleExisted: { status: 409, message: 'The rule already exists.' },
  EventRuleQuotaExceeded: { status: 409, message: 'A default bus takes at most 10 rules.' },
  EventTargetInvalid: { status: 400, message: 'The target is invalid.' },
} as const satisfies ErrorTable;

export function eventBridgeError(
  code: keyof typeof EVENT_BRIDGE_ERRORS,
  message: string = EVENT_BRIDGE_ERRORS[code].message,
): ServiceError {
  return new ServiceError(code, EVENT_BRIDGE_ERRORS[code].status, message);
}
