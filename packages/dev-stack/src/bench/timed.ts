/** Runs a step, and returns its result and its seconds, to one decimal. */
export async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  const result = await run();
  return [result, Math.round((performance.now() - begun) / 100) / 10];
}
