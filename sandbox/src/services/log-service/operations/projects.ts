import { logError } from '../errors.ts';
import { jsonBody, optionalText, refuseOtherKeys, refuseOtherParameters } from '../json-body.ts';
import type { Project, Store } from '../store.ts';
import {
  type AccountOperation,
  emptyAnswer,
  jsonAnswer,
  type ProjectOperation,
  projectResource,
} from './operation.ts';
import { pageOf } from './page.ts';

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

/** `DELETE /`: the project with all that is in it. A repeat is refused: `ProjectNotExist`. */
export function deleteProject(store: Store): ProjectOperation {
  return ({ request, project, authorize }) => {
    authorize('log:DeleteProject', projectResource({ project }));
    refuseOtherParameters(request.query, []);
    store.deleteProject(project);
    return emptyAnswer();
  };
}

/** A project as GetProject and ListProject show it. */
export function projectView(
  project: Project,
  owner: { readonly accountId: string; readonly region: string },
): Record<string, string> {
  return {
    createTime: plainTime(project.createdAtMs),
    description: project.description,
    lastModifyTime: plainTime(project.modifiedAtMs),
    owner: owner.accountId,
    projectName: project.name,
    region: owner.region,
    status: 'Normal',
  };
}

/** `2026-11-20 03:04:05`, UTC. */
function plainTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}
