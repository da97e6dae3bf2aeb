import { gatewayErrors } from '../../protocols/rpc/errors.ts';
import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import { handshakeAnswer } from './answers.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';
import { requireManagementAccount, requireRoom } from './requirements.ts';

/** `InviteAccountToResourceDirectory`: by account id only; an e-mail address is refused. */
export function inviteAccount(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      targetEntity: read.required('TargetEntity'),
      targetType: read.required('TargetType'),
      note: read.text('Note') ?? '',
    }),
    action: 'resourcemanager:InviteAccountToResourceDirectory',
    resource: () => '*',
    handle({ caller, parameters: { targetEntity, targetType, note } }) {
      requireManagementAccount(directory, caller);
      if (targetType !== 'Account') {
        throw errorFrom(gatewayErrors, 'InvalidParameter', {
          message:
            'The specified parameter "TargetType" is not valid: the sandbox models Account only.',
        });
      }
      if (!/^\d{16}$/.test(targetEntity)) {
        throw errorFrom(resourceManagerErrors, 'InvalidParameter.AccountId');
      }
      if (
        targetEntity === directory.managementAccountId ||
        directory.account(targetEntity) !== undefined
      ) {
        throw errorFrom(resourceManagerErrors, 'AccountInAnotherResourceDir');
      }
      if (directory.handshakes().some((each) => isOpen(directory, each, targetEntity))) {
        throw errorFrom(resourceManagerErrors, 'EntityAlreadyExists.Handshake');
      }
      requireRoom(directory);
      const handshake = directory.addHandshake(targetEntity, note);
      return { Handshake: handshakeAnswer(directory, handshake) };
    },
  });
}

function isOpen(
  directory: Directory,
  handshake: ReturnType<Directory['handshakes']>[number],
  targetAccountId: string,
): boolean {
  return (
    handshake.targetAccountId === targetAccountId &&
    handshake.status === 'Pending' &&
    handshake.expiresAtMs > directory.world.clock.now()
  );
}
