import * as v from 'valibot';
import type { EventReference, NamedAccount } from './model.ts';
import type { ParsedInput, UnusedInput } from './payload.ts';
import { ACCOUNT_ID, describeIssues, readPayload } from './payload.ts';

/** The resource directory's operations that make an account a member. */
export const JOINING_EVENTS = [
  'AcceptHandshake',
  'CreateCloudAccount',
  'CreateResourceAccount',
  'PromoteResourceAccount',
] as const;

const text = v.pipe(v.string(), v.nonEmpty());

/** An id as JSON gives it: text, or a number where that is exact. */
const accountId = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.regex(ACCOUNT_ID),
);

/** An event says "look": a part of it that can't be read is as good as none. */
const ifReadable = <S extends v.GenericSchema>(schema: S) =>
  v.fallback(v.optional(schema), undefined);

/** Embedded JSON is an object, or that object as text. */
const embedded = v.union([v.looseObject({}), v.pipe(v.string(), v.parseJson(), v.looseObject({}))]);

/**
 * An ActionTrail record, as far as it is read here. Source: the user guide of ActionTrail,
 * "Structure of ActionTrail events". Everything else in it is left alone.
 */
const actionTrailRecord = v.looseObject({
  eventName: text,
  eventId: ifReadable(text),
  errorCode: ifReadable(v.string()),
  responseElements: ifReadable(embedded),
  recipientAccountId: ifReadable(accountId),
  userIdentity: ifReadable(v.looseObject({ accountId: ifReadable(accountId) })),
});
type ActionTrailRecord = v.InferOutput<typeof actionTrailRecord>;

/** CloudEvents 1.0 with EventBridge's extensions; `data` is the ActionTrail record. */
const cloudEvent = v.looseObject({
  specversion: text,
  id: text,
  source: text,
  type: text,
  data: embedded,
  aliyunaccountid: ifReadable(accountId),
  aliyunoriginalaccountid: ifReadable(accountId),
});

/** What a created or promoted account's answer holds, and what an accepted handshake's holds. */
const createdAccount = v.looseObject({ Account: v.looseObject({ AccountId: accountId }) });
const namedAccount = v.looseObject({ Account: v.looseObject({ DisplayName: text }) });
const acceptedHandshake = v.looseObject({
  Handshake: v.looseObject({ TargetType: v.literal('Account'), TargetEntity: accountId }),
});
const handshakeOwner = v.looseObject({
  Handshake: v.looseObject({ MasterAccountId: accountId }),
});

interface AccountEvent {
  readonly event: EventReference;
  readonly record: ActionTrailRecord;
  /** Whose resource directory it happened in, as far as the event says. */
  readonly ownerIds: readonly string[];
}

type Reading =
  | { readonly kind: 'joined'; readonly event: EventReference; readonly account?: NamedAccount }
  | { readonly kind: 'unused'; readonly input: UnusedInput };

/**
 * Reads what Function Compute hands over for an event trigger: a CloudEvents envelope, an array
 * of them, or a bare ActionTrail record, as UTF-8 JSON. All that joined become one request; a
 * joining event whose account can't be read asks for every member beside them. Never throws: what can't be
 * used comes back with its reason.
 */
export function parseAccountEvents(payload: Uint8Array, managementAccountId: string): ParsedInput {
  const parsed = readPayload('The event', payload);
  if (!parsed.ok) return { unused: [rejected(parsed.reason)] };
  const elements: readonly unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  if (elements.length === 0) return { unused: [rejected('The event is an empty array.')] };

  const readings = elements.map((element) => readElement(element, managementAccountId));
  const unused = readings.flatMap((reading) => (reading.kind === 'unused' ? [reading.input] : []));
  const joined = readings.flatMap((reading) => (reading.kind === 'joined' ? [reading] : []));
  if (joined.length === 0) return { unused };

  const accounts = distinctAccounts(joined.map(({ account }) => account));
  const nameless = joined.find(({ account }) => account === undefined)?.event;
  return {
    unused,
    request: {
      trigger: 'event',
      scope:
        nameless === undefined
          ? { kind: 'accounts', accounts }
          : { kind: 'directory', excludedAccountIds: [], joined: accounts, event: nameless },
      events: joined.map(({ event }) => event),
      dryRun: false,
    },
  };
}

function readElement(element: unknown, managementAccountId: string): Reading {
  const read = readAccountEvent(element);
  if ('reason' in read) return { kind: 'unused', input: rejected(read.reason) };
  const { event, record, ownerIds } = read;

  const foreignOwner = ownerIds.find((ownerId) => ownerId !== managementAccountId);
  if (foreignOwner !== undefined) {
    const reason = `The event belongs to account ${foreignOwner}, but this function runs in management account ${managementAccountId}: remove the rule that sends it here, or deploy the functions in ${foreignOwner}.`;
    return { kind: 'unused', input: rejected(reason, event) };
  }
  if (!isJoiningEvent(record.eventName)) {
    const reason = `${record.eventName} does not make an account a member.`;
    return { kind: 'unused', input: ignored(reason, event) };
  }
  if (record.errorCode) {
    const reason = `The call ${record.eventName} failed with ${record.errorCode}, so no account joined.`;
    return { kind: 'unused', input: ignored(reason, event) };
  }
  const account = joinedAccount(record);
  return { kind: 'joined', event, account: account && { ...account, event } };
}

function readAccountEvent(element: unknown): AccountEvent | { readonly reason: string } {
  const isEnvelope = typeof element === 'object' && element !== null && 'specversion' in element;
  if (!isEnvelope) {
    const bare = v.safeParse(actionTrailRecord, element);
    if (!bare.success) return { reason: notA('an ActionTrail record', bare.issues) };
    return accountEvent(bare.output, bare.output.eventId);
  }
  const envelope = v.safeParse(cloudEvent, element);
  if (!envelope.success) return { reason: notA('a CloudEvents envelope', envelope.issues) };
  const record = v.safeParse(actionTrailRecord, envelope.output.data);
  if (!record.success) return { reason: notA('an ActionTrail record', record.issues, 'data') };
  const { id, aliyunoriginalaccountid, aliyunaccountid } = envelope.output;
  return accountEvent(record.output, id, aliyunoriginalaccountid ?? aliyunaccountid);
}

function accountEvent(
  record: ActionTrailRecord,
  id: string | undefined,
  busOwnerId?: string,
): AccountEvent {
  return {
    event: { id, name: record.eventName },
    record,
    ownerIds: ownersOf(record, busOwnerId),
  };
}

/**
 * A handshake names its directory's owner, whoever accepts it, on whichever bus. Else the bus and the
 * trail say whose it is; of an invitation the bus alone, since the trail is the invited account's.
 * Who made the call counts only where nothing else does: it may be anybody with a role.
 */
function ownersOf(record: ActionTrailRecord, busOwnerId: string | undefined): string[] {
  const handshake = v.safeParse(handshakeOwner, record.responseElements);
  if (handshake.success) return [handshake.output.Handshake.MasterAccountId];
  const isInvited = record.eventName === 'AcceptHandshake';
  const trailOwnerId = isInvited ? undefined : record.recipientAccountId;
  const callerId = isInvited ? undefined : record.userIdentity?.accountId;
  const owners = [busOwnerId, trailOwnerId].filter((owner) => owner !== undefined);
  return owners.length > 0 || callerId === undefined ? owners : [callerId];
}

function joinedAccount(record: ActionTrailRecord): NamedAccount | undefined {
  const handshake = v.safeParse(acceptedHandshake, record.responseElements);
  if (handshake.success) return { accountId: handshake.output.Handshake.TargetEntity };
  const created = v.safeParse(createdAccount, record.responseElements);
  if (!created.success) return undefined;
  const named = v.safeParse(namedAccount, record.responseElements);
  return {
    accountId: created.output.Account.AccountId,
    name: named.success ? named.output.Account.DisplayName : undefined,
  };
}

/** The first event of an account speaks for the account. */
function distinctAccounts(accounts: readonly (NamedAccount | undefined)[]): NamedAccount[] {
  const byId = new Map<string, NamedAccount>();
  for (const account of accounts) {
    if (account !== undefined && !byId.has(account.accountId)) byId.set(account.accountId, account);
  }
  return [...byId.values()];
}

function notA(what: string, issues: readonly v.BaseIssue<unknown>[], at?: string): string {
  return `The event is not ${what}: ${describeIssues(issues, at)}.`;
}

function isJoiningEvent(eventName: string): boolean {
  return JOINING_EVENTS.some((name) => name === eventName);
}

function rejected(reason: string, event?: EventReference): UnusedInput {
  return { outcome: 'rejected', trigger: 'event', reason, event };
}

function ignored(reason: string, event: EventReference): UnusedInput {
  return { outcome: 'ignored', trigger: 'event', reason, event };
}
