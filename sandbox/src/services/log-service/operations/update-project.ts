import { jsonBody, optionalText, refuseOtherKeys, refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { emptyAnswer, type ProjectOperation, projectResource } from './operation.ts';

/**
 * `PUT /` with `description`, by default an empty one. Safe to repeat.
 * Source: help.aliyun.com "UpdateProject".
 */
export function updateProject(store: Store): ProjectOperation {
  return ({ request, project, authorize }) => {
    authorize('log:UpdateProject', projectResource({ project }));
    refuseOtherParameters(request.query, []);
    const body = jsonBody(request);
    refuseOtherKeys(body, ['description'], 'UpdateProject');
    store.describeProject(project, optionalText(body, 'description') ?? '');
    return emptyAnswer();
  };
}
