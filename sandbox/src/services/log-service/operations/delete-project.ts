import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { emptyAnswer, type ProjectOperation, projectResource } from './operation.ts';

/** `DELETE /`: the project with all that is in it. A repeat is refused: `ProjectNotExist`. */
export function deleteProject(store: Store): ProjectOperation {
  return ({ request, project, authorize }) => {
    authorize('log:DeleteProject', projectResource({ project }));
    refuseOtherParameters(request.query, []);
    store.deleteProject(project);
    return emptyAnswer();
  };
}
