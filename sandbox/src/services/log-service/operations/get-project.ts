import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { jsonAnswer, type ProjectOperation, projectResource } from './operation.ts';
import { projectView } from './project-view.ts';

/** `GET /` with the project in Host. */
export function getProject(
  store: Store,
  owner: { readonly accountId: string; readonly region: string },
): ProjectOperation {
  return ({ request, project, authorize }) => {
    authorize('log:GetProject', projectResource({ project }));
    refuseOtherParameters(request.query, []);
    return jsonAnswer(projectView(store.project(project), owner));
  };
}
