import { breathe, isBreathDue } from './breath.ts';

/** Runs work that yields between portions of some milliseconds at most, and lets others work in between. */
export async function inSlices<Result>(work: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (isBreathDue()) await breathe();
  }
}

/** As `Array.map`, of any number of items; others work in between. */
export const mapInSlices = <Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> => inSlices(mapping(items, map));

/** As `toSorted`, of any number of items: the first `most` of them, in order; others work in between. */
export const firstInOrder = <Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
  most = items.length,
): Promise<Item[]> => inSlices(sorting(items, compare, most));

function* mapping<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Generator<void, Result[]> {
  const mapped: Result[] = [];
  for (const item of items) {
    mapped.push(map(item));
    yield;
  }
  return mapped;
}

/** Few enough that to sort them takes no millisecond. */
const RUN = 128;

/** Merges sorted runs, two by two, and of each pair no more than is asked for. Equal items keep their order. */
function* sorting<Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
  most: number,
): Generator<void, Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(
      items
        .slice(start, start + RUN)
        .sort(compare)
        .slice(0, most),
    );
    yield;
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* merging(runs[at] ?? [], runs[at + 1] ?? [], compare, most));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merging<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (a: Item, b: Item) => number,
  most: number,
): Generator<void, Item[]> {
  const merged: Item[] = [];
  let atLeft = 0;
  let atRight = 0;
  while (merged.length < most) {
    const a = left[atLeft];
    const b = right[atRight];
    if (atLeft === left.length && atRight === right.length) break;
    const takesLeft =
      atRight === right.length || (atLeft < left.length && compare(a as Item, b as Item) <= 0);
    merged.push((takesLeft ? a : b) as Item);
    if (takesLeft) atLeft++;
    else atRight++;
    if (merged.length % RUN === 0) yield;
  }
  return merged;
}
