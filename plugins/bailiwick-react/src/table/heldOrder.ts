/** Items of a held list, and the number of changes that a new order would make. */
export interface HeldOrder<T> {
  items: T[];
  /** Number of items that would appear, disappear or move. */
  changes: number;
}

/**
 * Keeps the order of a list: known items keep their positions with new content, and new items wait.
 *
 * @param kept - items shown last
 * @param fresh - items in the newest order
 * @param renew - returns the new content of an item that the newest order omits
 */
export function holdOrder<T>(
  kept: T[],
  fresh: T[],
  keyOf: (item: T) => string,
  renew: (item: T) => T,
): HeldOrder<T> {
  const newer = new Map(fresh.map(item => [keyOf(item), item]));
  const items = kept.map(item => newer.get(keyOf(item)) ?? renew(item));
  const places = new Map(kept.map((item, index) => [keyOf(item), index]));
  const order = fresh.flatMap(item => places.get(keyOf(item)) ?? []);
  const gone = kept.length - order.length;
  const added = fresh.length - order.length;
  const moved = order.length - longestRise(order);
  return { items, changes: gone + added + moved };
}

/** Returns the length of the longest increasing subsequence. */
export function longestRise(numbers: number[]): number {
  /** Smallest last number of an increasing subsequence of each length. */
  const lasts: number[] = [];
  for (const number of numbers) {
    let low = 0;
    let high = lasts.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (lasts[middle] < number) low = middle + 1;
      else high = middle;
    }
    lasts[low] = number;
  }
  return lasts.length;
}
