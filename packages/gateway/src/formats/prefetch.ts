/** Reads the first chunk at once, so that a failure at the beginning is known before a response begins. */
export async function prefetch<T>(
  chunks: AsyncGenerator<T>,
): Promise<AsyncIterableIterator<T>> {
  let first: IteratorResult<T> | undefined = await chunks.next();
  const all: AsyncIterableIterator<T> = {
    [Symbol.asyncIterator]: () => all,
    async next() {
      const result = first ?? (await chunks.next());
      first = undefined;
      return result;
    },
    return: () => chunks.return(undefined),
  };
  return all;
}
