import { each, type Steps, sorted } from '../cooperate.ts';
import type { Aggregation, Fold, Numbering, Row, Sorting, Typed } from './scope.ts';
import { compare, sameKey, type Value } from './values.ts';

/** One SELECT, compiled. */
export interface Plan {
  scan(): Steps<readonly Row[]>;
  readonly where: Typed | undefined;
  /** `undefined`: its rows are not grouped. */
  readonly grouping:
    | { readonly keys: readonly Typed[]; readonly aggregations: readonly Aggregation[] }
    | undefined;
  readonly having: Typed | undefined;
  readonly windows: readonly Numbering[];
  readonly items: readonly Typed[];
  readonly distinct: boolean;
  readonly order: readonly Sorting[];
  readonly offset: number;
  /** `undefined`: all. */
  readonly count: number | undefined;
}

/** The rows of a SELECT: of its items, in its order. Throws what a function of the statement throws. */
export function* run(plan: Plan): Steps<readonly Row[]> {
  const { where, grouping, having, windows, offset, count } = plan;
  let rows = yield* plan.scan();
  if (where !== undefined) rows = yield* holding(rows, where);
  if (grouping !== undefined) rows = yield* grouped(rows, grouping);
  if (having !== undefined) rows = yield* holding(rows, having);
  for (const window of windows) yield* number(rows, window);
  const shown = yield* output(rows, plan);
  return shown.slice(offset, count === undefined ? undefined : offset + count);
}

function* holding(rows: readonly Row[], condition: Typed): Steps<readonly Row[]> {
  const held: Row[] = [];
  yield* each(rows, (row) => {
    if (condition.read(row) === true) held.push(row);
  });
  return held;
}

/** One row for each group; without anything to group by one for all, even for none. */
function* grouped(
  rows: readonly Row[],
  { keys, aggregations }: NonNullable<Plan['grouping']>,
): Steps<readonly Row[]> {
  const groups = new Map<Value, { readonly values: Row; readonly folds: readonly Fold[] }>();
  const groupOf = (values: Row) => {
    const key = sameKey(values);
    const known = groups.get(key);
    if (known !== undefined) return known;
    const group = { values, folds: aggregations.map((aggregation) => aggregation.start()) };
    groups.set(key, group);
    return group;
  };
  if (keys.length === 0) groupOf([]);
  yield* each(rows, (row) => {
    const { folds } = groupOf(keys.map((key) => key.read(row)));
    aggregations.forEach(({ inputs: [first, second] }, index) => {
      folds[index]?.add(first?.read(row) ?? null, second?.read(row) ?? null);
    });
  });
  const results: Row[] = [];
  yield* each(groups.values(), ({ values, folds }) => {
    results.push([...values, ...folds.map((fold) => fold.result())]);
  });
  return results;
}

function* number(rows: readonly Row[], { kind, partition, order, numbers }: Numbering): Steps {
  const partitions = new Map<Value, Row[]>();
  const [only] = partition;
  const single = partition.length === 1 ? only : undefined;
  yield* each(rows, (row) => {
    // An array for each of many rows is what costs most here, and most partitions go by one value.
    const key = single?.read(row) ?? sameKey(partition.map((each) => each.read(row)));
    const known = partitions.get(key);
    if (known === undefined) partitions.set(key, [row]);
    else known.push(row);
  });
  const compareShown = comparing(order);
  const wholes: bigint[] = [];
  for (const members of partitions.values()) {
    const shown = members.map((row) => shownAs(row, row, order));
    let place = 0;
    let number = 0;
    let before: Shown | undefined;
    yield* each(order.length === 0 ? shown : yield* sorted(shown, compareShown), (each) => {
      place += 1;
      if (kind === 'row_number') {
        number = place;
      } else {
        const isEqual = before !== undefined && compareShown(before, each) === 0;
        if (!isEqual) number = kind === 'rank' ? place : number + 1;
        before = each;
      }
      numbers.set(each.row, wholeOf(number));
    });
  }

  /** One for all partitions. */
  function wholeOf(number: number): bigint {
    const known = wholes[number];
    if (known !== undefined) return known;
    const whole = BigInt(number);
    wholes[number] = whole;
    return whole;
  }
}

function* output(rows: readonly Row[], plan: Plan): Steps<readonly Row[]> {
  const { items, distinct, order } = plan;
  const seen = new Set<Value>();
  const values: Row[] = [];
  const shown: Shown[] = [];
  yield* each(rows, (row) => {
    const shownRow = items.map((item) => item.read(row));
    if (distinct) {
      const key = sameKey(shownRow);
      if (seen.has(key)) return;
      seen.add(key);
    }
    if (order.length === 0) values.push(shownRow);
    else shown.push(shownAs(shownRow, row, order));
  });
  if (order.length === 0) return values;
  return (yield* sorted(shown, comparing(order))).map(({ row }) => row);
}

interface Shown {
  readonly row: Row;
  readonly sortBy: readonly Value[];
}

/** `row` in the order of `from`. */
function shownAs(row: Row, from: Row, order: readonly Sorting[]): Shown {
  return { row, sortBy: order.map(({ value }) => value.read(from)) };
}

/** Nulls come last, in either direction. */
function comparing(order: readonly Sorting[]): (left: Shown, right: Shown) => number {
  const signs = order.map(({ item }) => (item.descending ? -1 : 1));
  return ({ sortBy: left }, { sortBy: right }) => {
    for (let index = 0; index < signs.length; index += 1) {
      const one = left[index] ?? null;
      const other = right[index] ?? null;
      if (one === other) continue;
      if (one === null || other === null) return one === null ? 1 : -1;
      const difference = compare(one, other);
      if (difference !== 0) return difference * (signs[index] ?? 1);
    }
    return 0;
  };
}
