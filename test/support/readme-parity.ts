type Section = {
  readonly name: string;
  readonly level: number;
  readonly blocks: string[][];
  readonly tables: number[];
  readonly spans: Set<string>;
  readonly links: string[];
};

const FENCE = /^\s*(`{3,})/;
const NO_HEADING = ', which is no heading';

/**
 * What differs between a readme and its translation, one line each. They must have the same
 * headings, commands, tables, code spans and links; only their words may differ.
 */
export function differences(original: string, translation: string): string[] {
  const [a, b] = [sections(original), sections(translation)];
  const levels = [a, b].map((all) => all.map(({ level }) => level).join(' '));
  if (levels[0] !== levels[1]) return [`heading levels: ${levels[0]} / ${levels[1]}`];
  return a.flatMap((section, index) => {
    const other = b[index];
    return other === undefined ? [] : sectionDifferences(section, other);
  });
}

/** Of its headings, in their order. */
export function anchorsOf(text: string): string[] {
  return anchorsOfSections(sections(text));
}

/** The files that a text links to, without the anchors and addresses among its links. */
export function linkedFiles(text: string): string[] {
  return sections(text)
    .flatMap(({ links }) => links)
    .filter((target) => !/^(#|[a-z]+:)/.test(target))
    .map((target) => target.replace(/#.*/, ''));
}

function sectionDifferences(a: Section, b: Section): string[] {
  const found: string[] = [];
  const compare = (what: string, left: string[], right: string[]): void => {
    const length = Math.max(left.length, right.length);
    for (let index = 0; index < length; index += 1) {
      const [one, other] = [left[index] ?? 'nothing', right[index] ?? 'nothing'];
      if (one !== other) found.push(`${a.name}: ${what} ${index + 1}: ${one} / ${other}`);
    }
  };
  compare('code block of lines', a.blocks.map(lineCount), b.blocks.map(lineCount));
  compare('code line', a.blocks.flat(), b.blocks.flat());
  compare('table of rows', a.tables.map(String), b.tables.map(String));
  compare('link', a.links, b.links);
  for (const target of a.links.filter((link, index) => link === b.links[index])) {
    if (target.endsWith(NO_HEADING)) found.push(`${a.name}: link: ${target}`);
  }
  for (const span of a.spans) if (!b.spans.has(span)) found.push(`${a.name}: lost ${span}`);
  for (const span of b.spans) if (!a.spans.has(span)) found.push(`${a.name}: added ${span}`);
  return found;
}

function lineCount(lines: string[]): string {
  return String(lines.length);
}

function sections(text: string): Section[] {
  const all: Section[] = [emptySection('before the title', 0)];
  let fence = '';
  let inTable = false;
  for (const line of text.split('\n')) {
    const section = all[all.length - 1];
    if (section === undefined) break;
    const marker = FENCE.exec(line)?.[1] ?? '';
    if (fence !== '') {
      if (marker === fence) fence = '';
      else section.blocks[section.blocks.length - 1]?.push(withoutComment(line));
      continue;
    }
    const heading = /^(#+) (.*)$/.exec(line);
    if (marker !== '') {
      fence = marker;
      section.blocks.push([]);
    } else if (heading !== null) {
      all.push(emptySection(heading[2] ?? '', heading[1]?.length ?? 0));
    } else if (line.startsWith('|')) {
      if (inTable) section.tables.push((section.tables.pop() ?? 0) + 1);
      else section.tables.push(1);
    }
    inTable = line.startsWith('|');
    readInline(line, all[all.length - 1] ?? section);
  }
  return withAnchorsAsPositions(all);
}

function readInline(line: string, section: Section): void {
  for (const [span] of line.matchAll(/`[^`]+`/g)) section.spans.add(span);
  for (const [, target] of line.matchAll(/\]\(([^)\s]+)\)/g)) section.links.push(target ?? '');
}

/** A heading's anchor is made of its words, which are translated: its position is compared. */
function withAnchorsAsPositions(all: Section[]): Section[] {
  const anchors = anchorsOfSections(all);
  const position = (target: string): string => {
    if (!target.startsWith('#')) return target;
    const index = anchors.indexOf(target);
    return index < 0 ? `${target}${NO_HEADING}` : `#heading ${index}`;
  };
  return all.map((section) => ({ ...section, links: section.links.map(position) }));
}

function anchorsOfSections(all: readonly Section[]): string[] {
  return all.map(({ name }) => `#${slug(name)}`);
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function withoutComment(line: string): string {
  return line.replace(/ #.*$/, '').trimEnd();
}

function emptySection(name: string, level: number): Section {
  return { name, level, blocks: [], tables: [], spans: new Set(), links: [] };
}
