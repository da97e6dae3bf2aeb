import type { Project } from '../store.ts';

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
