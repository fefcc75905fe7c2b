import { withUnit } from './withUnit';

const units = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const;

/** Formats a number of bytes with at most two decimals: `4 GiB`, `128 MiB`, `1.5 KiB`. @public */
export function formatBytes(bytes: number): string {
  const [unit, size] =
    bytes === 0
      ? units[0]
      : units.find(([, least]) => bytes >= least) ?? units[2];
  return withUnit(Math.round((bytes / size) * 100) / 100, unit);
}
