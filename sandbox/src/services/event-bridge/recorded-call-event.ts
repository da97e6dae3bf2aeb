import type { RecordedCall } from '../../world/recorded-call.ts';
import type { CloudEvent } from './cloud-event.ts';

/** How a call's product is spelt in its event. */
interface Spelling {
  /** In `source`, `type` and `subject`. */
  readonly product: string;
  readonly eventType: 'ApiCall' | 'ConsoleOperation';
  readonly serviceName: string;
}

const RESOURCE_MANAGER: Spelling = {
  product: 'resourcemanager',
  eventType: 'ApiCall',
  serviceName: 'ResourceManager',
};

/** Joining is seen under another product than the other calls of the directory. */
const SPELLINGS: Readonly<Record<string, Spelling>> = {
  AcceptHandshake: {
    product: 'resourcedirectorymaster',
    eventType: 'ConsoleOperation',
    serviceName: 'ResourceDirectoryMaster',
  },
};

/**
 * The event that a write call to the resource directory puts on the management account's default
 * bus: ActionTrail's record in a CloudEvents envelope. Failed calls too, with `errorCode`. The
 * shape is composed of documented parts; that such an event exists for these calls is inferred.
 */
export function recordedCallToEvent(
  call: RecordedCall,
  bus: {
    /** The account whose bus it is: the management account. */
    readonly accountId: string;
    readonly region: string;
  },
): CloudEvent {
  const { product, eventType, serviceName } = SPELLINGS[call.eventName] ?? RESOURCE_MANAGER;
  const time = `${new Date(call.atMs).toISOString().slice(0, 19)}Z`;
  return {
    id: call.requestId.toLowerCase(),
    source: `acs.${product}`,
    specversion: '1.0',
    type: `${product}:ActionTrail:${eventType}`,
    datacontenttype: 'application/json;charset=utf-8',
    subject: `acs:${product}:${bus.region}:${bus.accountId}`,
    time,
    aliyunaccountid: bus.accountId,
    aliyunpublishtime: new Date(call.atMs).toISOString(),
    aliyuneventbusname: 'default',
    aliyunregionid: bus.region,
    aliyunpublishaddr: '127.0.0.1',
    data: {
      eventId: call.requestId,
      eventVersion: 1,
      eventName: call.eventName,
      eventRW: 'Write',
      eventType: 'ApiCall',
      eventCategory: 'Management',
      eventTime: time,
      eventSource: 'resourcemanager.aliyuncs.com',
      serviceName,
      apiVersion: call.apiVersion,
      acsRegion: bus.region,
      isGlobal: true,
      requestId: call.requestId,
      sourceIpAddress: '127.0.0.1',
      userAgent: 'sandbox',
      userIdentity: {
        type: call.caller.type,
        accountId: call.caller.accountId,
        principalId: call.caller.accountId,
        userName: call.caller.userName,
      },
      requestParameters: call.requestParameters,
      ...(call.responseElements === undefined ? {} : { responseElements: call.responseElements }),
      ...(call.errorCode === undefined ? {} : { errorCode: call.errorCode }),
      ...(call.errorMessage === undefined ? {} : { errorMessage: call.errorMessage }),
    },
  };
}
