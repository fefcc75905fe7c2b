import { parseQuantity } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  formatBytes,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';

const millions = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumFractionDigits: 1,
});

/** Formats a rate per minute: `12`, `1.5`, `0.07`, `12,345`, `1.2M`. */
export function formatRate(count: number): string {
  if (count >= 1_000_000) return millions.format(count);
  if (count < 1) return String(Number(count.toPrecision(2)));
  return count >= 10 || Number.isInteger(count)
    ? Math.round(count).toLocaleString('en')
    : count.toFixed(1);
}

/** Formats seconds: `120 ms`, `2.5 s`. */
export function formatSeconds(seconds: number): string {
  return seconds < 1
    ? withUnit(Math.round(seconds * 1000), 'ms')
    : withUnit(seconds.toFixed(1), 's');
}

/** Formats cores with two significant digits: `0.0032 cores`, `1.5 cores`. */
export function formatCpu(cores: number): string {
  return withUnit(Number(cores.toPrecision(2)), 'cores');
}

/** Formats used cores with their limit, a Kubernetes quantity: `0.12 of 0.5 cores`, `0.12 cores` without a limit. */
export function formatCores(cores: number | undefined, limit?: string): string {
  const used = cores === undefined ? 'unknown' : rounded(cores);
  const most = limit && parseQuantity(limit);
  if (most) {
    const limited = rounded(most);
    return `${used} of ${withUnit(
      limited,
      limited === '1' ? 'core' : 'cores',
    )}`;
  }
  return cores === undefined ? used : withUnit(used, 'cores');
}

/**
 * Formats used bytes with their limit, a Kubernetes quantity, both in the unit of the limit: `92 MiB of 512 MiB`,
 * `92 MiB` without a limit.
 */
export function formatMemory(
  bytes: number | undefined,
  limit?: string,
): string {
  const most = limit && parseQuantity(limit);
  if (!most) return bytes === undefined ? 'unknown' : formatBytes(bytes);
  const [unit, size] =
    most >= 2 ** 30 ? (['GiB', 2 ** 30] as const) : (['MiB', 2 ** 20] as const);
  const inUnit = (count: number) =>
    unit === 'MiB'
      ? withUnit(Math.round(count / size), unit)
      : withUnit(rounded(count / size), unit);
  return `${bytes === undefined ? 'unknown' : inUnit(bytes)} of ${inUnit(
    most,
  )}`;
}

/** At most two decimals, without zeros at the end. */
function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
