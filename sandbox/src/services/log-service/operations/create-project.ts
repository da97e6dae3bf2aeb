import { logError } from '../errors.ts';
import { jsonBody, optionalText, refuseOtherKeys, refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { type AccountOperation, emptyAnswer, projectResource } from './operation.ts';

/** `POST /` with `projectName`, `description`. A repeat is refused: `ProjectAlreadyExist`. */
export function createProject(store: Store): AccountOperation {
  return ({ request, authorize }) => {
    refuseOtherParameters(request.query, []);
    const body = jsonBody(request);
    refuseOtherKeys(body, ['projectName', 'description'], 'CreateProject');
    const project = optionalText(body, 'projectName');
    if (project === undefined) throw logError('ParameterInvalid', 'projectName is missing.');
    authorize('log:CreateProject', projectResource({ project }));
    store.createProject(project, optionalText(body, 'description') ?? '');
    return emptyAnswer();
  };
}
