import { readFileSync } from 'node:fs';
import type { HttpAnswer, HttpRequest, HttpService } from '../server/http-service.ts';

const FILES = {
  '/': 'index.html',
  '/sandbox/page/page.css': 'page.css',
  '/sandbox/page/controls.css': 'controls.css',
  '/sandbox/page/contents.css': 'contents.css',
  '/sandbox/page/accounts.js': 'accounts.js',
  '/sandbox/page/api.js': 'api.js',
  '/sandbox/page/dom.js': 'dom.js',
  '/sandbox/page/faults.js': 'faults.js',
  '/sandbox/page/main.js': 'main.js',
  '/sandbox/page/requests.js': 'requests.js',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Nothing but what comes from here: what calls name themselves is shown, and never run. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * The page at the root, for a browser: it looks at the sandbox and drives it by `/sandbox/`. Asked
 * after every service, so that a signed call is never taken for it; at `/` it wants a plain GET that
 * takes HTML, which no SDK sends.
 */
export function createPageDoor(): HttpService {
  const files = new Map<string, HttpAnswer>(
    Object.entries(FILES).map(([path, file]) => [path, fileAnswer(file)]),
  );
  return {
    errors: {},
    isOpen: true,
    identify: (request) =>
      files.has(request.path) && isForPage(request)
        ? { service: 'sandbox', operation: `GET ${request.path}`, apiVersion: '' }
        : undefined,
    isJournalled: () => false,
    authenticate: () => ({ accountId: 'sandbox', allows: () => true }),
    quota: () => undefined,
    throttled: () => {
      throw new Error('The page has no quota.');
    },
    async handle({ request }) {
      const file = files.get(request.path);
      if (file === undefined) throw new Error(`There is no ${request.path}.`);
      return file;
    },
    renderError: ({ status, message }) => ({
      status,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: Buffer.from(message),
    }),
  };
}

function isForPage({ method, path, query, headers }: HttpRequest): boolean {
  if (method !== 'GET') return false;
  if (path !== '/') return true;
  const takesHtml = headers.accept?.includes('text/html') ?? false;
  return takesHtml && query.size === 0 && headers.authorization === undefined;
}

function fileAnswer(file: string): HttpAnswer {
  const type = TYPES[file.split('.').at(-1) ?? ''] ?? '';
  return {
    status: 200,
    headers: { ...HEADERS, 'content-type': type },
    body: readFileSync(new URL(`files/${file}`, import.meta.url)),
  };
}
