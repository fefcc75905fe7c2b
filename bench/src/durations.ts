/** Whether everything is short: a smoke test wants to know that a benchmark works, not its figures. */
export const isSmokeTest = process.env.BAILIWICK_BENCH_SMOKE === '1';

/** Chooses the length of a part of a benchmark. @param usual - in any unit @param smoke - in a smoke test */
export function length(usual: number, smoke: number): number {
  return isSmokeTest ? smoke : usual;
}
