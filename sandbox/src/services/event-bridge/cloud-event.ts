/**
 * An event on the bus: CloudEvents 1.0 with Alibaba Cloud's extensions.
 * Source: EventBridge, "Event overview"; `data` is ActionTrail's record.
 */
export interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly specversion: '1.0';
  readonly type: string;
  readonly time: string;
  readonly subject?: string;
  readonly datacontenttype?: string;
  readonly aliyunaccountid: string;
  readonly aliyunpublishtime: string;
  readonly aliyuneventbusname: string;
  readonly aliyunregionid: string;
  readonly aliyunpublishaddr: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The name of the recorded call, for choosing events by it. */
export function eventNameOf(event: CloudEvent): string | undefined {
  const { eventName } = event.data;
  return typeof eventName === 'string' ? eventName : undefined;
}
