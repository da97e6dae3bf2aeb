import { createLogService } from '../services/log-service/index.ts';
import { createWorld } from '../world/world.ts';

/** `now()` of every statement: 2026-01-12 20:00 in Shanghai. */
export const NOW_MS = Date.parse('2026-01-12T12:00:00Z');
/** The time of a log that says none. */
export const AT_S = Date.parse('2026-01-10T12:00:00Z') / 1000;

export const TEXT = { type: 'text', token: [' '], doc_value: true };
export const LONG = { type: 'long', doc_value: true };
export const DOUBLE = { type: 'double', doc_value: true };

export type Contents = Readonly<Record<string, string>>;

/** A service of its own, with the index, and the logs in the order of their writing. */
export function createLogs(index: unknown, logs: readonly (Contents & { at?: string })[]) {
  const service = createLogService({
    world: createWorld({ speed: 0 }),
    accountId: '1234567890123456',
    visibleAfterMs: 0,
    wallNowMs: () => NOW_MS,
  });
  service.createProject('audit');
  service.createLogstore('audit', 'results');
  service.createIndex('audit', 'results', index);
  const append = (more: typeof logs) =>
    service.append(
      'audit',
      'results',
      more.map(({ at, ...contents }) => ({
        timeS: at === undefined ? AT_S : Date.parse(at) / 1000,
        source: 'test',
        topic: 'onboarding',
        contents,
      })),
    );
  append(logs);
  return {
    service,
    append,
    query: (query: string, range: { from?: number; to?: number } = {}) =>
      service.query('audit', 'results', { ...range, query }),
  };
}
