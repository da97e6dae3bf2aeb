import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// The CommonJS object, not the ESM view of it: `node:net` looks `lookup` up here for each socket.
const dns: { lookup: (...given: unknown[]) => unknown } = require('node:dns');

/**
 * The Log Service SDKs prefix the project to the host, and `{project}.localhost` need not resolve.
 * From now on every name below `localhost` is this machine. Returns a function that undoes it.
 */
export function resolveProjectHosts(): () => void {
  const original = dns.lookup;
  dns.lookup = (name, ...rest) =>
    original(typeof name === 'string' && name.endsWith('.localhost') ? '127.0.0.1' : name, ...rest);
  return () => {
    dns.lookup = original;
  };
}
