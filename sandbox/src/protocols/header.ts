import type { HttpRequest } from '../server/http-service.ts';

/** `name` in lower case. Absent and empty are the same; a repeated one is one list. */
export function headerOf(request: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value.join(',') : value;
  return text === undefined || text === '' ? undefined : text;
}
