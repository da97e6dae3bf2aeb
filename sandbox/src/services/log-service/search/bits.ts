/** A set of positions in a segment, below `size`. Operations change the first of two and return it. */
export interface Bits {
  readonly size: number;
  readonly words: Uint32Array;
}

/** Where one word stands: one position as it is, more of them rising. */
export type Positions = number | number[];

export function noBits(size: number): Bits {
  return { size, words: new Uint32Array(Math.ceil(size / 32)) };
}

export function allBits(size: number): Bits {
  return complement(noBits(size));
}

export function bitsOf(size: number, positions: Positions | undefined): Bits {
  return withPositions(noBits(size), positions);
}

export function withPositions(bits: Bits, positions: Positions | undefined): Bits {
  if (typeof positions === 'number') set(bits, positions);
  else if (positions !== undefined) for (const position of positions) set(bits, position);
  return bits;
}

export function union(bits: Bits, others: Bits): Bits {
  bits.words.forEach((word, index) => {
    bits.words[index] = word | (others.words[index] ?? 0);
  });
  return bits;
}

export function intersection(bits: Bits, others: Bits): Bits {
  bits.words.forEach((word, index) => {
    bits.words[index] = word & (others.words[index] ?? 0);
  });
  return bits;
}

export function difference(bits: Bits, others: Bits): Bits {
  bits.words.forEach((word, index) => {
    bits.words[index] = word & ~(others.words[index] ?? 0);
  });
  return bits;
}

export function complement(bits: Bits): Bits {
  const { size, words } = bits;
  words.forEach((word, index) => {
    words[index] = ~word;
  });
  if (size % 32 !== 0) words[words.length - 1] = (words.at(-1) ?? 0) & (2 ** (size % 32) - 1);
  return bits;
}

export function isEmpty({ words }: Bits): boolean {
  return words.every((word) => word === 0);
}

/** The positions, rising. */
export function positionsIn({ words }: Bits): readonly number[] {
  const positions: number[] = [];
  words.forEach((whole, index) => {
    for (let word = whole; word !== 0; word &= word - 1) {
      positions.push(index * 32 + 31 - Math.clz32(word & -word));
    }
  });
  return positions;
}

/** One position more, which is the highest yet. */
export function addPosition(positions: Positions | undefined, position: number): Positions {
  if (positions === undefined) return position;
  if (typeof positions === 'number') {
    return positions === position ? position : [positions, position];
  }
  if (positions.at(-1) !== position) positions.push(position);
  return positions;
}

function set({ words }: Bits, position: number): void {
  const index = position >>> 5;
  words[index] = (words[index] ?? 0) | (1 << (position & 31));
}
