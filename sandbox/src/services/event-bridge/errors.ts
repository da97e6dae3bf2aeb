import { type ErrorTable, ServiceError } from '../../protocols/service-error.ts';

/**
 * Sources: EventBridge, "Error codes" (403); the codes that the API's pages and Terraform's provider
 * name (`EventRuleNotExisted`, `EventBusNotExist`); the rest from EventBridge's open-source edition,
 * github.com/apache/rocketmq-eventbridge. `EventRuleExisted` and `EventPatternInvalid` are inferred.
 */
export const EVENT_BRIDGE_ERRORS = {
  AccessDenied: {
    status: 403,
    message: 'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  },
  AccessDeniedForInternalRegion: {
    status: 403,
    message: 'The account is restricted in this region.',
  },
  EventBusNotExist: { status: 409, message: 'The event bus not existed!' },
  EventPatternInvalid: { status: 409, message: 'The event pattern is invalid.' },
  EventRuleCountExceedLimit: {
    status: 409,
    message: 'The current count of event rule is [10], which will exceed the limit quota [10]',
  },
  EventRuleExisted: { status: 409, message: 'The event rule already existed!' },
  EventRuleNameInvalid: { status: 409, message: 'The event rule name is invalid!' },
  EventRuleNotExisted: { status: 409, message: 'The event rule not existed!' },
  EventTargetClassNotExist: { status: 409, message: 'The event target class not existed!' },
  EventTargetIneffectiveAttribute: { status: 409, message: 'The attribute is ineffective' },
  EventTargetMissingAttribute: { status: 409, message: 'Missing the attribute' },
  InvalidAccessKeyId: { status: 403, message: 'The access Id you provided is not exist.' },
  InvalidArgument: { status: 400, message: 'An argument is invalid.' },
  SandboxUnsupportedOperation: {
    status: 400,
    message: 'The sandbox does not model this operation of EventBridge.',
  },
  SecurityTokenInvalid: {
    status: 403,
    message: 'The Security token that your provide is invalid.',
  },
  SignatureDoesNotMatch: {
    status: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  },
  TooManyRequests: {
    status: 429,
    message: 'The request is denied by flow limiter for too many requests.',
  },
} as const satisfies ErrorTable;

export function eventBridgeError(
  code: keyof typeof EVENT_BRIDGE_ERRORS,
  message: string = EVENT_BRIDGE_ERRORS[code].message,
): ServiceError {
  return new ServiceError(code, EVENT_BRIDGE_ERRORS[code].status, message);
}
