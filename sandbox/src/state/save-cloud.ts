import type { Cloud } from '../cloud.ts';
import { logServiceData } from './log-service-data.ts';
import type { Keeper, SavedSandbox } from './saved-sandbox.ts';

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
    stacks: resourceOrchestration.save(),
    keys: world.identities.lastingKeys(),
  };
}

/** What a new cloud is not made with: stacks, and on them the log store; keys. */
export async function restoreCloud(cloud: Cloud, saved: SavedSandbox): Promise<void> {
  const { world, directory, logService, resourceOrchestration } = cloud;
  for (const { accountId, credentials, user } of saved.keys) {
    if (user === undefined) world.identities.createAccessKey(accountId, credentials);
    else world.identities.createUser(accountId, user.userName, user.policy, credentials);
  }
  resourceOrchestration.restore(saved.stacks);

  // What a stack has created anew and somebody had deleted by hand is deleted again.
  const created = await logServiceData(logService, directory.managementAccountId);
  const namesOf = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
  for (const project of created.projects) {
    const kept = saved.logService.projects.find(({ name }) => name === project.name);
    if (kept === undefined) logService.deleteProject(project.name);
    for (const logstore of kept === undefined ? [] : namesOf(project.logstores)) {
      if (!namesOf(kept?.logstores ?? []).includes(logstore)) {
        logService.deleteLogstore(project.name, logstore);
      }
    }
  }
  for (const { name: project, description, logstores } of saved.logService.projects) {
    const there = created.projects.find(({ name }) => name === project);
    if (there === undefined) logService.createProject(project, description);
    else logService.updateProject(project, description);
    for (const { name, index, entries, ...settings } of logstores) {
      if (there !== undefined && namesOf(there.logstores).includes(name)) {
        const { shardCount: _, ...changeable } = settings;
        logService.updateLogstore(project, name, changeable);
      } else logService.createLogstore(project, name, settings);
      if (index !== undefined) logService.createIndex(project, name, index);
      else if (logService.hasIndex(project, name)) logService.deleteIndex(project, name);
      logService.append(project, name, entries);
    }
  }
}

const LOOK_EVERY_MS = 1000;

/** Keeps the state of the sandbox of the moment. */
export interface Keeping {
  /** Resolves when it is kept. */
  saveNow(): Promise<void>;
  /** Saves for the last time. */
  stop(): Promise<void>;
}

/**
 * Saves within a second or so after calls have arrived, and when it stops. What time alone has changed
 * is computed from what is saved.
 */
export function keepState(keeper: Keeper, cloudOfTheMoment: () => Cloud): Keeping {
  let saving: Promise<void> = Promise.resolve();
  let savedUpTo = lastCall();

  function lastCall(): string {
    const { journal } = cloudOfTheMoment().world;
    return journal.entries().at(-1)?.requestId ?? '';
  }

  function saveNow(): Promise<void> {
    saving = saving
      .catch(() => {})
      .then(async () => {
        savedUpTo = lastCall();
        await keeper.save(await saveCloud(cloudOfTheMoment()));
      });
    return saving;
  }

  const timer = setInterval(() => {
    if (lastCall() === savedUpTo) return;
    saveNow().catch((error) => process.stderr.write(`sandbox: its state is not kept: ${error}\n`));
  }, LOOK_EVERY_MS);
  timer.unref();

  return {
    saveNow,
    stop() {
      clearInterval(timer);
      return saveNow();
    },
  };
}
