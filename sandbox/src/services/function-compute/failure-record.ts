/**
 * What a failed asynchronous request leaves at its destination. Source: "Result callback"
 * (help.aliyun.com/zh/functioncompute/user-guide/result-callback). The documented sample fills
 * `condition` with a code of the throttle; that a function's error fills it with the error type is
 * inferred, and so is `AsyncEventAgeExceeded`.
 */
interface FailureRecord {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: string;
    /** Attempts made. */
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: string;
  readonly responseContext: { readonly statusCode: number; readonly functionError: string };
  readonly responsePayload: string;
}

export function failureRecord(failed: {
  readonly nowMs: number;
  readonly requestId: string;
  readonly functionArn: string;
  readonly condition: string;
  readonly attempts: number;
  readonly payload: Buffer;
  readonly functionError: string;
  readonly result: Buffer;
}): FailureRecord {
  return {
    timestamp: failed.nowMs,
    requestContext: {
      requestId: failed.requestId,
      functionArn: failed.functionArn,
      condition: failed.condition,
      approximateInvokeCount: failed.attempts,
    },
    requestPayload: failed.payload.toString('utf8'),
    responseContext: { statusCode: 200, functionError: failed.functionError },
    responsePayload: failed.result.toString('utf8'),
  };
}
