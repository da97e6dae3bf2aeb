/** What `setup` says of the stack. */
export const setup = {
  /** The language of a template's own words. */
  templateLanguage: 'en',
  noValue: '(none)',
  lines: (lines: number) => `(${lines} lines)`,
  characters: (characters: number) => `(${characters} characters)`,
  change: (before: string, after: string) => `${before} → ${after}`,
  irreversible: {
    removed: (logicalId: string, type: string) =>
      `${logicalId} (${type}) will be deleted, with all that is in it.`,
    shortened: (logicalId: string, before: number, after: number, unit: 'days' | 'seconds') =>
      `${logicalId} will be kept for ${after} ${unit} instead of ${before}: what is older is deleted.`,
    all: (lost: readonly string[]) => `${lost.join(' ')} That can't be undone.`,
  },
  /** Of the log store of results, by what of it is there without a stack. */
  resultStore: {
    Existing: (project: string) =>
      `The log project ${project} is left from before, with its results: the new stack will use it.`,
    ExistingLogstore: (project: string) =>
      `The log project ${project} is left from before, without an index of its results: the new stack will use it and create the index.`,
    ExistingProject: (project: string) =>
      `The log project ${project} is left from before, without a logstore of results: the new stack will use it and create the logstore.`,
  },
  comparing: (stack: string) => `comparing the template with the stack ${stack}`,
  underWay: (stack: string, status: string) =>
    `waiting for the stack ${stack}, which is in ${status}`,
  nothing: (stack: string) => `Nothing to change: the stack ${stack} is as its template says.`,
  clear: (stack: string, status: string) =>
    `The stack ${stack} is in ${status} and holds nothing: it will be deleted, and created again from its template.`,
  clearRest: (stack: string, status: string, reason: string) =>
    `The stack ${stack} is in ${status} (${reason}). What is left of it will be deleted, except results, and it will be created again from its template.`,
  willBeCreated: (stack: string) => `The stack ${stack} will be created:`,
  willBeUpdated: (stack: string) => `The stack ${stack} will be updated:`,
  planOnly: 'That was the plan. Nothing was changed.',
  clearing: (stack: string) => `deleting what is left of the stack ${stack}`,
  complete: (stack: string) => `The stack ${stack} is complete.`,
  next: 'Next: npm run deploy deploys the functions.',
  goesOn: 'ROS continues without this command. Run onboard setup again to see how it ended.',
  failed: (what: string, message: string) => `${what}: ${message}`,
  stackFailed: (stack: string) => `The stack ${stack} failed`,
  resourceFailed: (logicalId: string, type: string | undefined) =>
    `${logicalId} (${type ?? 'unknown type'}) failed`,
  failedIn: (status: string) =>
    `The stack is in ${status}. When the cause is fixed, run onboard setup again.`,
  roles: {
    looking: 'looking for the service-linked roles',
    missing: (role: string, service: string) =>
      `The service-linked role ${role} will be created, for ${service}.`,
    created: (role: string) => `The service-linked role ${role} is created.`,
  },
  eventPathMissing: (reason: string) =>
    `The event path is missing: ${reason} Everything else is in place, and the schedule covers new accounts within five minutes. When the cause is fixed, run npm run deploy again.`,
  noReason: 'no reason',
  progress: (done: number, total: number, logicalId: string, status: string) =>
    `${done} of ${total} done: ${logicalId} ${status}`,
  columns: {
    action: 'action',
    resource: 'resource',
    type: 'type',
    replacement: 'replacement',
    property: 'property',
    values: 'old → new',
    output: 'output',
    value: 'value',
  },
  actions: { Add: 'Add', Modify: 'Modify', Remove: 'Remove', keep: 'keep', delete: 'delete' },
  replacement: { True: 'yes: deleted and created again', Conditional: 'perhaps', False: 'no' },
  remove: {
    willBeDeleted: (stack: string) => `The stack ${stack} will be deleted, with all its resources.`,
    projectWillGo: (project: string) =>
      `The log project ${project} will be deleted, with all results in it: the audit trail of every account.`,
    functionsUseIt: (functions: readonly string[]) =>
      `These functions are still deployed and use its roles: ${functions.join(', ')}. Without them they fail. npm run deploy -- --remove removes the functions first.`,
    functionsUnknown: (reason: string) =>
      `Whether functions that use its roles are still deployed can't be read (${reason}).`,
    none: (stack: string, region: string) =>
      `There is no stack ${stack} in ${region}: nothing to remove.`,
    keptAsAnothers: (project: string) =>
      `The log project ${project} is kept: the results in it may be those of a stack with another name. To delete it all the same:`,
    wouldBeDeleted: (stack: string) => `The stack ${stack} would be deleted:`,
    projectWouldGo: (project: string) =>
      `The log project ${project} would be deleted, with all results in it.`,
    projectWouldStay: (project: string) =>
      `The log project ${project} would be kept, with its results.`,
    removing: (stack: string) => `removing the stack ${stack}`,
    removed: (stack: string) => `The stack ${stack} is removed.`,
    interrupted:
      'Interrupted. ROS continues the deletions that it has begun; the log project is kept. To look again and continue:',
    kept: (project: string) =>
      `The log project ${project} and its results are kept, if there are any. To delete them:`,
    deletingProject: (project: string) => `deleting the log project ${project}`,
    projectGone: (project: string) =>
      `The log project ${project} is deleted, with all results in it.`,
    noProject: (project: string) => `There is no log project ${project}: nothing to delete.`,
  },
};
