import { useState } from 'react';

/** Progress of an action for one item. */
export type ItemResult =
  | { state: 'waiting' | 'running' | 'done' }
  | { state: 'failed'; why: string };

/** Items in progress at the same time, which leaves the API server time for others. */
const atOnce = 4;

/**
 * Runs an action for each of several items. The failure of one does not stop the others.
 *
 * @param idOf - returns the identity of an item
 */
export function useEach<T>(idOf: (item: T) => string) {
  const [results, setResults] = useState<Record<string, ItemResult>>({});
  const [isRunning, setRunning] = useState(false);

  const run = async (
    items: T[],
    act: (item: T) => Promise<unknown>,
  ): Promise<void> => {
    const report = (item: T, result: ItemResult) =>
      setResults(before => ({ ...before, [idOf(item)]: result }));
    items.forEach(item => report(item, { state: 'waiting' }));
    setRunning(true);
    const rest = items.values();
    const work = async () => {
      for (const item of rest) {
        report(item, { state: 'running' });
        await act(item).then(
          () => report(item, { state: 'done' }),
          ({ message }: Error) =>
            report(item, { state: 'failed', why: message }),
        );
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    setRunning(false);
  };

  return {
    isRunning,
    run,
    resultOf: (item: T): ItemResult | undefined => results[idOf(item)],
  };
}

/** Returns the result of one item in words; `undefined` before the start. */
export function describeResult(
  result: ItemResult | undefined,
): string | undefined {
  switch (result?.state) {
    case 'failed':
      return `Failed: ${result.why}`;
    case 'done':
      return 'Done';
    case undefined:
      return undefined;
    default:
      return result?.state === 'running' ? 'In progress…' : 'Queued';
  }
}
