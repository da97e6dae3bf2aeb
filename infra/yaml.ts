import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** What a template is made of. */
export type Value = string | number | boolean | Shown | readonly Value[] | ValueMap;

/** In this order. A member that is `undefined` is left out. */
export interface ValueMap {
  readonly [key: string]: Value | undefined;
}

interface Manner {
  /** Lines above it. */
  readonly comment?: string;
  /** A blank line above it. */
  readonly isApart?: boolean;
  /** A map on one line. */
  readonly isInline?: boolean;
}

/** A value, with how a person who reads the file sees it. */
class Shown {
  readonly value: Exclude<Value, Shown>;
  readonly manner: Manner;

  constructor(value: Value, manner: Manner) {
    this.value = plain(value);
    this.manner = { ...mannerOf(value), ...manner };
  }
}

/** With a comment above it, whose lines stay as they are. */
export function noted(comment: string, value: Value): Shown {
  return new Shown(value, { comment });
}

/** With a blank line above it. */
export function apart(value: Value): Shown {
  return new Shown(value, { isApart: true });
}

/** A map on one line if it fits there. A list of nothing but texts and numbers always is. */
export function inline(map: ValueMap): Shown {
  return new Shown(map, { isInline: true });
}

const LINE_WIDTH = 100;
const INDENT = 2;

/**
 * Comments and order are kept. A text that is too long for its line is folded at 100 columns, one of
 * several lines stays as it is. Whoever reads YAML 1.1 reads the same, for example `"2015-09-01"` as
 * a text. Ends with a line break.
 */
export function toYaml(map: ValueMap): string {
  const document = new Document(undefined, { compat: 'yaml-1.1' });
  document.contents = mapNode(map, 0);
  return document.toString({ lineWidth: LINE_WIDTH, indent: INDENT });
}

/** `column`: where the value begins if it stays on the line of its key. */
function nodeOf(value: Value, indent: number, column: number) {
  const bare = plain(value);
  if (isList(bare)) return listNode(bare, indent);
  if (typeof bare === 'object') {
    const node = mapNode(bare, indent);
    const isShort = column + JSON.stringify(bare).length <= LINE_WIDTH;
    node.flow = node.items.length === 0 || (mannerOf(value).isInline === true && isShort);
    return node;
  }
  const node = new Scalar(bare);
  if (typeof bare !== 'string') return node;
  if (bare.includes('\n')) node.type = 'BLOCK_LITERAL';
  else if (bare.includes(' ') && column + widthOf(bare) > LINE_WIDTH) node.type = 'BLOCK_FOLDED';
  return node;
}

function mapNode(map: ValueMap, indent: number): YAMLMap<Scalar> {
  const node = new YAMLMap<Scalar>();
  for (const [name, value] of Object.entries(map)) {
    if (value === undefined) continue;
    const column = indent + name.length + ': '.length;
    const key = spacedAs(value, new Scalar(name));
    node.items.push(new Pair(key, nodeOf(value, indent + INDENT, column)));
  }
  return node;
}

function listNode(list: readonly Value[], indent: number): YAMLSeq {
  const node = new List();
  node.flow = list.every((item) => typeof item !== 'object');
  node.items = list.map((item) => spacedAs(item, nodeOf(item, indent + INDENT, indent + INDENT)));
  return node;
}

/** `[a, b]`, beside maps as `{ a: 1 }`. */
class List extends YAMLSeq {
  override toString(...[context, ...rest]: Parameters<YAMLSeq['toString']>): string {
    const isTight = this.flow === true && context !== undefined;
    return super.toString(isTight ? { ...context, flowCollectionPadding: '' } : context, ...rest);
  }
}

function spacedAs<T extends { commentBefore?: string | null; spaceBefore?: boolean }>(
  value: Value,
  node: T,
): T {
  const { comment, isApart = false } = mannerOf(value);
  if (comment !== undefined) node.commentBefore = comment.replaceAll(/^/gm, ' ');
  node.spaceBefore = isApart;
  return node;
}

/** In columns: a Chinese character takes two. */
function widthOf(text: string): number {
  return text.replaceAll(/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/gu, '  ').length;
}

function plain(value: Value): Exclude<Value, Shown> {
  return value instanceof Shown ? value.value : value;
}

function mannerOf(value: Value): Manner {
  return value instanceof Shown ? value.manner : {};
}

function isList(value: Exclude<Value, Shown>): value is readonly Value[] {
  return Array.isArray(value);
}
