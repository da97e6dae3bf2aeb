import { seededRandom } from '../../world/random.ts';

/** What the way from the bus to the targets does to events. Times are on the sandbox's clock. */
export interface DeliveryOptions {
  /** Copies beside the first one, with the same id. Default 0. */
  readonly duplicate?: number;
  /** Each copy comes this much later. Default 0. */
  readonly delayMs?: number;
  /** Each copy comes later by a random time up to this, so that events overtake each other. */
  readonly reorderWithinMs?: number;
  /** Probability that an event is lost, all its copies with it. Default 0. */
  readonly drop?: number;
  /** Of what is random. Default 1. */
  readonly seed?: number;
}

export interface Delivery {
  /**
   * For events of this name, or for all others. Replaces what was set before. Throws a `RangeError`
   * for a name that no event of this bus has, and for an unknown option.
   */
  set(options: DeliveryOptions, eventName?: string): void;
  clear(): void;
}

export interface DeliveryPlanner extends Delivery {
  /** When each copy arrives, from now; no copy: the event is lost. */
  plan(eventName: string | undefined): readonly number[];
}

const KEYS = ['delayMs', 'drop', 'duplicate', 'reorderWithinMs', 'seed'];

/** `eventNames`: those that there can be. Default: any. */
export function createDelivery(eventNames?: readonly string[]): DeliveryPlanner {
  const settings = new Map<
    string | undefined,
    { readonly options: DeliveryOptions; readonly random: () => number }
  >();

  return {
    set: (options, eventName) => {
      const unknown = Object.keys(options).filter((key) => !KEYS.includes(key));
      if (unknown.length > 0) {
        throw new RangeError(
          `unknown delivery option ${unknown.join(', ')}. Known: ${KEYS.join(', ')}`,
        );
      }
      if (eventName !== undefined && eventNames?.includes(eventName) === false) {
        throw new RangeError(`There is no event '${eventName}'. Known: ${eventNames.join(', ')}`);
      }
      settings.set(eventName, { options, random: seededRandom(options.seed ?? 1) });
    },
    clear: () => settings.clear(),
    plan: (eventName) => {
      const setting = settings.get(eventName) ?? settings.get(undefined);
      if (setting === undefined) return [0];
      const { options, random } = setting;
      if (random() < (options.drop ?? 0)) return [];
      return Array.from(
        { length: 1 + (options.duplicate ?? 0) },
        () => (options.delayMs ?? 0) + Math.floor(random() * (options.reorderWithinMs ?? 0)),
      );
    },
  };
}
