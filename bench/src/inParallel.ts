/** Does something for each item, some of them at a time. */
export async function inParallel<T>(
  items: Iterable<T>,
  act: (item: T) => Promise<unknown>,
  concurrency = 16,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const work = async () => {
    for (let next = rest.next(); !next.done; next = rest.next())
      await act(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
