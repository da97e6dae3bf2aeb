import { hostOf, isAddress } from '../endpoint.ts';

/** Where a project's requests go, and what their header `host` says. */
export function projectHost(endpoint: URL, project: string): { connectTo: string; header: string } {
  const host = hostOf(endpoint);
  return {
    // An address has no subdomains: there only the header names the project.
    connectTo: isAddress(host) ? host : `${project}.${host}`,
    header: `${project}.${endpoint.host}`,
  };
}
