import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import { handshakeAnswer } from './answers.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';
import { requireRoom } from './requirements.ts';

/** `AcceptHandshake`: called by the invited account, which is a member from then on. */
export function acceptHandshake(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({ handshakeId: read.required('HandshakeId') }),
    action: 'resourcemanager:AcceptHandshake',
    resource: () => '*',
    handle({ caller, parameters: { handshakeId } }) {
      const handshake = directory.handshakes().find((each) => each.handshakeId === handshakeId);
      if (handshake === undefined) {
        throw errorFrom(resourceManagerErrors, 'EntityNotExists.Handshake');
      }
      if (caller.accountId !== handshake.targetAccountId) {
        throw errorFrom(resourceManagerErrors, 'HandshakeTargetMismatch');
      }
      const isExpired = handshake.expiresAtMs <= directory.world.clock.now();
      if (handshake.status !== 'Pending' || isExpired) {
        throw errorFrom(resourceManagerErrors, 'HandshakeStatusMismatch');
      }
      if (directory.account(caller.accountId) !== undefined) {
        throw errorFrom(resourceManagerErrors, 'AccountInAnotherResourceDir');
      }
      requireRoom(directory);
      return { Handshake: handshakeAnswer(directory, directory.acceptHandshake(handshakeId)) };
    },
  });
}
