/**
 * Which operation a request is. `account`: no project; `project`: the Host names one; `logstore`:
 * the path names one, too. An operation that is not modelled keeps a name, so that it is refused
 * (and journalled) by name.
 */
export type Route =
  | { readonly scope: 'account'; readonly operation: AccountOperationName }
  | { readonly scope: 'project'; readonly operation: ProjectOperationName }
  | {
      readonly scope: 'logstore';
      readonly operation: LogstoreOperationName;
      readonly logstore: string;
    }
  | { readonly scope: 'unsupported'; readonly operation: string };

export type AccountOperationName = 'CreateProject' | 'ListProject';
export type ProjectOperationName =
  | 'CreateLogStore'
  | 'DeleteProject'
  | 'GetProject'
  | 'ListLogStores'
  | 'UpdateProject';
export type LogstoreOperationName =
  | 'CreateIndex'
  | 'DeleteIndex'
  | 'DeleteLogStore'
  | 'GetIndex'
  | 'GetHistograms'
  | 'GetLogStore'
  | 'GetLogs'
  | 'GetLogsV2'
  | 'ListShards'
  | 'PutLogs'
  | 'UpdateIndex'
  | 'UpdateLogStore';

interface RoutedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

const ON_INDEX: Readonly<Record<string, LogstoreOperationName>> = {
  DELETE: 'DeleteIndex',
  GET: 'GetIndex',
  POST: 'CreateIndex',
  PUT: 'UpdateIndex',
};

const ON_LOGSTORE: Readonly<Record<string, LogstoreOperationName>> = {
  DELETE: 'DeleteLogStore',
  GET: 'GetLogStore',
  POST: 'PutLogs',
  PUT: 'UpdateLogStore',
};

/** `hasProject`: the Host names a project. */
export function routeOf(request: RoutedRequest, hasProject: boolean): Route {
  const { method, path, query } = request;
  const segments = path.split('/').slice(1);
  const [root, logstore, ...rest] = segments;
  const unsupported: Route = { scope: 'unsupported', operation: unsupportedName(request) };

  if (path === '/') {
    if (method === 'POST') return { scope: 'account', operation: 'CreateProject' };
    if (method === 'GET') {
      return hasProject
        ? { scope: 'project', operation: 'GetProject' }
        : { scope: 'account', operation: 'ListProject' };
    }
    if (method === 'DELETE') return { scope: 'project', operation: 'DeleteProject' };
    if (method === 'PUT') return { scope: 'project', operation: 'UpdateProject' };
    return unsupported;
  }
  // What the real service makes of `//` and of a slash at the end is not documented.
  if (root !== 'logstores' || segments.includes('')) return unsupported;
  if (logstore === undefined) {
    if (method === 'GET') return { scope: 'project', operation: 'ListLogStores' };
    if (method === 'POST') return { scope: 'project', operation: 'CreateLogStore' };
    return unsupported;
  }
  const onLogstore = (operation: LogstoreOperationName | undefined): Route =>
    operation === undefined ? unsupported : { scope: 'logstore', operation, logstore };
  const type = method === 'GET' ? query.get('type') : null;
  switch (rest.join('/')) {
    case '':
      if (type === 'log') return onLogstore('GetLogs');
      if (type === 'histogram') return onLogstore('GetHistograms');
      return type === null ? onLogstore(ON_LOGSTORE[method]) : unsupported;
    case 'index':
      if (type === 'histogram') return onLogstore('GetHistograms');
      return query.has('type') ? unsupported : onLogstore(ON_INDEX[method]);
    case 'logs':
      return method === 'POST' ? onLogstore('GetLogsV2') : unsupported;
    case 'shards':
      return method === 'GET' ? onLogstore('ListShards') : unsupported;
    case 'shards/lb':
      return method === 'POST' ? onLogstore('PutLogs') : unsupported;
    default:
      return unsupported;
  }
}

function unsupportedName({ method, path }: RoutedRequest): string {
  if (method === 'POST' && /^\/logstores\/[^/]+\/shards\/route$/.test(path)) {
    return 'PutLogs by hash key';
  }
  return `${method} ${path}`;
}
