import type { Project } from '../store.ts';

/** A project as GetProject and ListProject show it. */
export function projectView(
  project: Project,
  owner: { readonly accountId: string; readonly region: string },
): Record<string, string> {
  const createTime = new Date(project.createdAtMs).toISOString().slice(0, 19).replace('T', ' ');
  return {
    createTime,
    description: project.description,
    // Nothing that the sandbox models changes a project.
    lastModifyTime: createTime,
    owner: owner.accountId,
    projectName: project.name,
    region: owner.region,
    status: 'Normal',
  };
}
