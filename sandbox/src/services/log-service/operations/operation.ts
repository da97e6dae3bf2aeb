import type { HttpAnswer, HttpRequest } from '../../../server/http-service.ts';

/** One call, let in but not yet allowed. */
interface AccountCall {
  readonly request: HttpRequest;
  /**
   * Throws `Unauthorized` unless the caller's policy allows the action on
   * `acs:log:{region}:{account}:{resource}`.
   */
  authorize(action: string, resource: string): void;
}

interface ProjectCall extends AccountCall {
  readonly project: string;
}

interface LogstoreCall extends ProjectCall {
  readonly logstore: string;
}

export type AccountOperation = (call: AccountCall) => HttpAnswer;
export type ProjectOperation = (call: ProjectCall) => HttpAnswer;
export type LogstoreOperation = (call: LogstoreCall) => HttpAnswer | Promise<HttpAnswer>;

export function emptyAnswer(): HttpAnswer {
  return { status: 200, headers: {}, body: Buffer.alloc(0) };
}

export function jsonAnswer(
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

export function projectResource({ project }: { readonly project: string }): string {
  return `project/${project}`;
}

export function logstoreResource(call: {
  readonly project: string;
  readonly logstore: string;
}): string {
  return `${projectResource(call)}/logstore/${call.logstore}`;
}

/** Seconds since 1970. */
export function secondsOf(ms: number): number {
  return Math.floor(ms / 1000);
}
