export type { Deployment } from './deployment/deploy.ts';
export {
  createSandbox,
  type NewStack,
  type RenderedServerless,
  type Sandbox,
  type SandboxOptions,
  type ServerlessFile,
} from './sandbox.ts';
export type { Seed, SeedMember } from './seed.ts';
export { SERVICE_NAMES, type ServiceName } from './services/names.ts';
