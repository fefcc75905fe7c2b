/** What a list shows: what stands where now, and how much a new order would change. */
export interface HeldOrder<T> {
  items: T[];
  /** How many would come, go or move. */
  changes: number;
}

/**
 * Keeps the order of a list: everything stands where it was, with its new content; what is new waits.
 *
 * @param kept - what was shown last
 * @param fresh - what would be shown by the newest order
 * @param renew - new content of what the newest order leaves out
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

/** Length of the longest part of a list that rises when the rest is left out. */
export function longestRise(numbers: number[]): number {
  /** The smallest last number of a rise of each length. */
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
