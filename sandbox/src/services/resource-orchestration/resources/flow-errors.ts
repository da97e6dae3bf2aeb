import { type ErrorTable, errorFrom, type ServiceError } from '../../../protocols/service-error.ts';

/**
 * What creating or changing a flow fails with. The documentation of CreateFlow has no table of
 * errors, and does not say whether it looks at the role: these codes are the sandbox's own.
 */
const flowErrors: ErrorTable = {
  SandboxFlowDefinition: {
    status: 400,
    message: 'The definition is wrong, or more than the sandbox models.',
  },
  SandboxFlowRole: { status: 400, message: 'CloudFlow could not assume the role.' },
};

export function flowError(code: string, reason: string): ServiceError {
  return errorFrom(flowErrors, code, { message: `${flowErrors[code]?.message} ${reason}` });
}
