/**
 * Work that pauses: it yields every few hundred items, so that whoever runs it can let others have
 * their turn. One process answers for every service of the sandbox.
 */
export type Steps<T = void> = Generator<void, T>;

/** The longest that other calls wait for one that computes. */
const SLICE_MS = 8;
const ITEMS_A_STEP = 512;

/** Runs it through at once: for callers in the same process. */
export function finishNow<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Runs it in slices of a few milliseconds, between which the event loop turns. */
export async function finish<T>(steps: Steps<T>): Promise<T> {
  let sliceStartMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - sliceStartMs < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceStartMs = performance.now();
  }
}

export function* each<T>(items: Iterable<T>, visit: (item: T) => void): Steps {
  let untilPause = ITEMS_A_STEP;
  for (const item of items) {
    visit(item);
    untilPause -= 1;
    if (untilPause > 0) continue;
    yield;
    untilPause = ITEMS_A_STEP;
  }
}

/** A stable merge sort: one native sort of everything would not pause. */
export function* sorted<T>(
  items: readonly T[],
  compare: (left: T, right: T) => number,
): Steps<readonly T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += ITEMS_A_STEP) {
    runs.push(items.slice(start, start + ITEMS_A_STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      longer.push(yield* merged(runs[index] ?? [], runs[index + 1] ?? [], compare));
    }
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merged<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (left: T, right: T) => number,
): Steps<T[]> {
  const whole: T[] = [];
  let taken = 0;
  yield* each(left, (item) => {
    for (;;) {
      const other = right[taken];
      if (taken >= right.length || other === undefined || compare(other, item) >= 0) break;
      whole.push(other);
      taken += 1;
    }
    whole.push(item);
  });
  return whole.concat(right.slice(taken));
}
