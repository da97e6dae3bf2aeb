import type { JsonObject } from '../../protocols/rpc/json.ts';
import type { ParameterReader } from '../../protocols/rpc/parameters.ts';
import type { DirectoryAccount, Tags } from './directory-data.ts';

interface GivenTag {
  readonly key: string;
  /** Absent in a filter: any value. */
  readonly value: string | undefined;
}

const MOST_TAGS = 20;

/** `Tag.1.Key`, `Tag.1.Value` and so on, without a gap; what comes after one is refused as unknown. */
export function readTags(read: ParameterReader): readonly GivenTag[] {
  const tags: GivenTag[] = [];
  for (let number = 1; number <= MOST_TAGS; number += 1) {
    const key = read.text(`Tag.${number}.Key`);
    if (key === undefined) break;
    tags.push({ key, value: read.text(`Tag.${number}.Value`) });
  }
  return tags;
}

export function tagsByKey(tags: readonly GivenTag[]): Tags {
  return Object.fromEntries(tags.map(({ key, value = '' }) => [key, value]));
}

/** Whether the account has all of them. */
export function hasTags(account: DirectoryAccount, tags: readonly GivenTag[]): boolean {
  return tags.every(
    ({ key, value }) =>
      Object.hasOwn(account.tags, key) && (value === undefined || account.tags[key] === value),
  );
}

export function tagList(tags: Tags): readonly JsonObject[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** As lists have them: only where they are asked for. */
export function tagsAnswer({ tags }: DirectoryAccount, included: boolean): JsonObject {
  return included ? { Tags: { Tag: tagList(tags) } } : {};
}
