/** All that the package exports: a sandbox for a program, and the types of what it takes and gives. */
export type { Deployment } from './deployment/deploy.ts';
export type { NewStack, RenderedServerless, SandboxOptions, ServerlessFile } from './options.ts';
export { createSandbox, type Sandbox } from './sandbox.ts';
export type { Seed, SeedMember } from './seed.ts';
export { SERVICE_NAMES, type ServiceName } from './services/names.ts';
export type { TypedFault as Fault } from './services/typed-faults.ts';
export type { SandboxState } from './state/state.ts';
export type { Credentials } from './world/identities.ts';
export type { JournalEntry } from './world/journal.ts';
export type { PolicyDocument } from './world/policy.ts';
