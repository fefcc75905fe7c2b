import type { Attempt } from './useTry';

/** Writes a call as in Python: `prices(symbols=["IBM"])`. */
export function titleOf({
  name,
  parameters,
}: NonNullable<Attempt['called']>): string {
  const given = Object.entries(parameters).map(
    ([key, value]) => `${key}=${JSON.stringify(value)}`,
  );
  return `${name}(${given.join(', ')})`;
}
