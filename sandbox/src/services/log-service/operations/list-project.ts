import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { type AccountOperation, jsonAnswer } from './operation.ts';
import { pageOf } from './page.ts';
import { projectView } from './project-view.ts';

/** `GET /` without a project in Host. `projectName` matches a part of the name. */
export function listProject(
  store: Store,
  owner: { readonly accountId: string; readonly region: string },
): AccountOperation {
  return ({ request: { query }, authorize }) => {
    authorize('log:ListProject', 'project/*');
    refuseOtherParameters(query, ['offset', 'size', 'projectName']);
    const wanted = query.get('projectName') ?? '';
    const found = store.projects().filter(({ name }) => name.includes(wanted));
    const projects = pageOf(found, query).map((project) => projectView(project, owner));
    return jsonAnswer({ count: projects.length, total: found.length, projects });
  };
}
