import { isStateName, STATE_NAMES, sandboxState, serviceState } from '../../state/state.ts';
import { VERSION } from '../../version.ts';
import * as answers from './answers.ts';
import { CALLS } from './calls.ts';
import * as inputs from './inputs.ts';
import {
  badRequest,
  type ControlOperation,
  controlOperation,
  isoTime,
  notFound,
  refusable,
} from './operation.ts';
import * as stateAnswers from './state-answers.ts';
import { SWITCHES } from './switches.ts';

const DEFAULT_OPERATOR = 'operator';

/** All that `/sandbox/` can do, but for its own description. */
export const CONTROL_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    method: 'GET',
    path: '/sandbox/health',
    id: 'getHealth',
    summary: 'Whether it answers, where it is, and what it has',
    answer: answers.health,
    handle: ({ cloud, endpoint }) => ({
      status: 'ok',
      version: VERSION,
      endpoint,
      region: cloud.world.region,
      managementAccountId: cloud.directory.managementAccountId,
      services: cloud.services,
      now: isoTime(cloud.world.clock.now()),
    }),
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/reset',
    id: 'reset',
    summary: 'Back to the seed: its members, stacks and functions, and nothing else',
    answer: answers.nothing,
    handle: async (ports) => {
      await ports.reset();
      return {};
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/seed',
    id: 'getSeed',
    summary: 'What a reset goes back to',
    answer: answers.seed,
    handle: (ports) => ports.seed(),
  }),
  controlOperation({
    method: 'PUT',
    path: '/sandbox/seed',
    id: 'putSeed',
    summary: 'A reset to another seed, which is the seed from then on',
    body: inputs.seedInput,
    answer: answers.nothing,
    handle: async (ports, { body }) => {
      try {
        await ports.reset(body);
      } catch (error) {
        throw badRequest(error instanceof Error ? error.message : String(error));
      }
      return {};
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/state',
    id: 'getState',
    summary: 'What every service holds now',
    answer: stateAnswers.state,
    handle: ({ cloud }) => sandboxState(cloud),
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/state/{service}',
    id: 'getServiceState',
    summary: 'What one service holds now',
    answer: stateAnswers.serviceState,
    handle: ({ cloud }, { path: { service = '' } }) => {
      if (isStateName(service)) return serviceState(cloud, service);
      throw notFound(`There is no state of '${service}'. Known: ${STATE_NAMES.join(', ')}`);
    },
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/identities',
    id: 'createIdentity',
    summary:
      'An access key: of the root user of the management account or of a member, or of an operator ' +
      'in the management account who may do what a policy says',
    body: inputs.identityInput,
    status: 201,
    answer: answers.credentials,
    handle: ({ cloud }, { body }) => {
      const { identities } = cloud.world;
      const { managementAccountId } = cloud.directory;
      switch (body.kind) {
        case 'root':
          return { accountId: managementAccountId, ...cloud.credentials };
        case 'member': {
          const { accountId } = body;
          return { accountId, ...identities.createAccessKey(accountId) };
        }
        case 'operator': {
          const { userName = DEFAULT_OPERATOR, policy } = body;
          const key = refusable(() => identities.createUser(managementAccountId, userName, policy));
          return { accountId: managementAccountId, ...key };
        }
      }
    },
  }),
  ...CALLS,
  ...SWITCHES,
];
