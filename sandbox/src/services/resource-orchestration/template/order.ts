import { rosError } from '../errors.ts';

/**
 * What is needed comes before what needs it; else the given order stays. Throws
 * `CircularDependency` with the circle.
 */
export function inOrder(needs: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const ordered = new Set<string>();
  const open: string[] = [];
  const visit = (id: string): void => {
    if (ordered.has(id)) return;
    if (open.includes(id)) {
      const circle = [...open.slice(open.indexOf(id)), id].join(' -> ');
      throw rosError('CircularDependency', `Circular Dependency Found: ${circle}.`);
    }
    open.push(id);
    for (const needed of needs.get(id) ?? []) visit(needed);
    open.pop();
    ordered.add(id);
  };
  for (const id of needs.keys()) visit(id);
  return [...ordered];
}
