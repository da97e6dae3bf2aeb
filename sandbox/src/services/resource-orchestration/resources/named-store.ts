import { ServiceError } from '../../../protocols/service-error.ts';

/** What there is only so that it can be read back. */
export interface NamedStore<Item> {
  all(): readonly Item[];
  /** Refused when the key is taken. */
  add(key: string, item: Item): void;
  set(key: string, item: Item): void;
  /** Refused when there is none. */
  remove(key: string): void;
}

interface NamedStoreErrors {
  readonly exists: string;
  readonly missing: string;
}

export function createNamedStore<Item>(errors: NamedStoreErrors): NamedStore<Item> {
  const items = new Map<string, Item>();
  return {
    all: () => [...items.values()],
    add(key, item) {
      if (items.has(key)) throw new ServiceError(errors.exists, 400, `${key} already exists.`);
      items.set(key, item);
    },
    set(key, item) {
      items.set(key, item);
    },
    remove(key) {
      if (!items.delete(key)) throw new ServiceError(errors.missing, 404, `${key} does not exist.`);
    },
  };
}
