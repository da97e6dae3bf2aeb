import { type ErrorTable, errorFrom, type ServiceError } from '../../protocols/service-error.ts';

/**
 * Codes of Resource Orchestration Service. Sources: github.com/AlibabaCloudDocs/ros, the error
 * tables of CreateChangeSet, UpdateStack, GetChangeSet, ExecuteChangeSet, DeleteChangeSet and
 * DeleteStack, and the page of common codes (document_detail/131033). Messages whose text depends
 * on the call are given where they are thrown. `SandboxUnsupportedTemplate` is ours: what the real
 * service takes and this one does not model.
 */
export const resourceOrchestrationErrors = {
  ActionInProgress: { status: 409, message: 'The stack already has an action in progress.' },
  ChangeSetExists: { status: 409, message: 'The ChangeSet already exists.' },
  ChangeSetNotFound: { status: 404, message: 'The ChangeSet could not be found.' },
  CircularDependency: { status: 400, message: 'Circular Dependency Found.' },
  Forbidden: { status: 403, message: 'You are not authorized to complete this action.' },
  InvalidParameter: { status: 400, message: 'The specified parameter is invalid.' },
  InvalidSchema: { status: 400, message: 'The template is not well formed.' },
  InvalidTemplateAttribute: { status: 400, message: 'The Referenced Attribute is incorrect.' },
  InvalidTemplateReference: { status: 400, message: 'The specified reference is incorrect.' },
  InvalidTemplateSection: { status: 400, message: 'The template section is invalid.' },
  InvalidTemplateVersion: { status: 400, message: 'The template version is invalid.' },
  MissingParameter: { status: 400, message: 'An input parameter should be specified.' },
  NotSupported: { status: 400, message: 'This is not supported.' },
  SandboxUnsupportedTemplate: {
    status: 400,
    message: 'The sandbox does not model this part of the template.',
  },
  StackExists: { status: 409, message: 'The Stack already exists.' },
  StackNotFound: { status: 404, message: 'The Stack could not be found.' },
  StackValidationFailed: { status: 400, message: 'The stack is not valid.' },
  UnknownUserParameter: {
    status: 400,
    message: 'The Parameter was not defined in template.',
  },
  UserParameterMissing: { status: 400, message: 'The Parameter was not provided.' },
} as const satisfies ErrorTable;

/** A row of the table as an error. */
export function rosError(code: string, message?: string): ServiceError {
  return errorFrom(resourceOrchestrationErrors, code, message === undefined ? {} : { message });
}

export function invalidParameter(name: string, reason: string): ServiceError {
  return rosError('InvalidParameter', `The specified parameter ${name} is invalid, ${reason}.`);
}

export function missingParameter(name: string): ServiceError {
  return rosError('MissingParameter', `The input parameter ${name} should be specified.`);
}

/** What the real service takes and the sandbox refuses. `path` says where. */
export function notModelled(path: string): ServiceError {
  return rosError('SandboxUnsupportedTemplate', `The sandbox does not model ${path}.`);
}
