import { ServiceError } from '../protocols/service-error.ts';

/** What can be switched off: services by their folder's name, and the resource directory. */
export const ACTIVATABLE = [
  'cloud-flow',
  'event-bridge',
  'function-compute',
  'log-service',
  'message-service',
  'resource-directory',
  'resource-orchestration',
] as const;

export type Activatable = (typeof ACTIVATABLE)[number];

interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** Operations that are answered all the same. */
  readonly except?: readonly string[];
}

/**
 * What a service answers to an account that never activated it. Sources: EventBridge, "Error codes";
 * Function Compute, public reports, which also saw ListFunctions answered. The others are inferred:
 * their documentation names no code. The resource directory's operations have their own.
 */
const REFUSALS: Readonly<Record<Exclude<Activatable, 'resource-directory'>, Refusal>> = {
  'cloud-flow': {
    code: 'AccessDenied',
    status: 403,
    message: 'The CloudFlow service is not enabled for current user.',
  },
  'event-bridge': {
    code: 'ServiceAccessDenied',
    status: 403,
    message:
      'The OwnerId that your Access Key Id associated to has not enabled EventBridge Service.',
  },
  'function-compute': {
    code: 'AccessDenied',
    status: 403,
    message: 'FC service is not enabled for current user.',
    except: ['ListFunctions'],
  },
  'log-service': {
    code: 'Unauthorized',
    status: 401,
    message: 'The Log Service is not activated for the account.',
  },
  'message-service': {
    code: 'AccessDenied',
    status: 403,
    message: 'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  },
  'resource-orchestration': {
    code: 'Forbidden',
    status: 403,
    message: 'The Resource Orchestration Service is not activated for the account.',
  },
};

/** Which services the account has activated. */
export interface Activation {
  isActivated(service: Activatable): boolean;
  /** Safe to repeat. Nothing that there is goes away. */
  set(service: Activatable, isActivated: boolean): void;
  notActivated(): readonly Activatable[];
  /** What a call is answered by for that; `undefined`: it goes on. */
  refusal(service: string, operation?: string): ServiceError | undefined;
}

export function createActivation(notActivated: readonly Activatable[] = []): Activation {
  const off = new Set<Activatable>(notActivated);
  return {
    isActivated: (service) => !off.has(service),
    set(service, isActivated) {
      if (isActivated) off.delete(service);
      else off.add(service);
    },
    notActivated: () => ACTIVATABLE.filter((service) => off.has(service)),
    refusal(service, operation) {
      const found = ACTIVATABLE.find((each) => each === service && off.has(each));
      if (found === undefined || found === 'resource-directory') return undefined;
      const { code, status, message, except = [] } = REFUSALS[found];
      if (operation !== undefined && except.includes(operation)) return undefined;
      return new ServiceError(code, status, message);
    },
  };
}
