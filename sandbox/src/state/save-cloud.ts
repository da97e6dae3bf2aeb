import type { Cloud } from '../cloud.ts';
import type { EventRules, RuleRecord } from '../services/event-bridge/event-rules.ts';
import type { MessageService } from '../services/message-service/message-service.ts';
import { accessData, restoreAccess } from './access-data.ts';
import { logServiceData, restoreLogService } from './log-service-data.ts';
import type { SavedQueue, SavedSandbox } from './saved-sandbox.ts';

export async function saveCloud(cloud: Cloud): Promise<SavedSandbox> {
  const { world, directory, config, logService, resourceOrchestration } = cloud;
  const { managementAccountId } = directory;
  return {
    version: 1,
    region: world.region,
    managementAccountId,
    clockMs: world.clock.now(),
    savedAtMs: Date.now(),
    directory: directory.data(),
    config: config.data(),
    logService: await logServiceData(logService, managementAccountId),
    access: accessData(cloud.access),
    queues: cloud.messageService.queues().map(({ name, messages }) => ({
      name,
      settings: cloud.messageService.queue(name).settings,
      bodies: messages.map(({ body }) => body),
    })),
    rules: cloud.eventRules.list(),
    stacks: resourceOrchestration.save(),
    keys: world.identities.lastingKeys(),
  };
}

/**
 * What a new cloud is not made with: keys, stacks, and what may stand on them. Rejects where the
 * services refuse what was saved, which an older or newer sandbox may.
 */
export async function restoreCloud(cloud: Cloud, saved: SavedSandbox): Promise<void> {
  const { world, directory, access, eventRules, logService, messageService } = cloud;
  for (const { accountId, credentials, user } of saved.keys) {
    if (user === undefined) world.identities.createAccessKey(accountId, credentials);
    else world.identities.createUser(accountId, user.userName, user.policy, credentials);
  }
  logService.atOnce(() => cloud.resourceOrchestration.restore(saved.stacks));
  restoreQueues(messageService, saved.queues);
  restoreAccess(access, saved.access);
  restoreRules(eventRules, saved.rules);
  await restoreLogService(logService, directory.managementAccountId, saved.logService);
}

/** Messages are sent again, so their ids are new. */
function restoreQueues(service: MessageService, saved: readonly SavedQueue[]): void {
  for (const { name } of service.queues()) {
    if (!saved.some((queue) => queue.name === name)) service.deleteQueue(name);
  }
  for (const { name, settings, bodies } of saved) {
    service.createQueue(name);
    service.changeQueue(name, settings);
    for (const body of bodies) service.send(name, body);
  }
}

function restoreRules(rules: EventRules, saved: readonly RuleRecord[]): void {
  for (const { name } of rules.list()) {
    if (!saved.some((rule) => rule.name === name)) rules.remove(name);
  }
  for (const { name, description, status, filterPattern, targets } of saved) {
    const content = { description, status, filterPattern, targets };
    if (rules.list().some((rule) => rule.name === name)) rules.update(name, content);
    else rules.create(name, content);
  }
}
