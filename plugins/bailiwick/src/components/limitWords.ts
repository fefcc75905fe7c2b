import {
  quantityToNumber,
  type EnvironmentLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common';

const [mib, gib] = [2 ** 20, 2 ** 30];

/** At most two decimals. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Cores for people: `100m` is `0.1`. */
export function cpuWords(quantity: string): string {
  return short(quantityToNumber(quantity));
}

/** Bytes for people: `4Gi` is `4 GiB`, `128Mi` is `128 MiB`. */
export function bytesWords(quantity: string): string {
  const bytes = quantityToNumber(quantity);
  return bytes !== 0 && bytes < gib
    ? `${short(bytes / mib)} MiB`
    : `${short(bytes / gib)} GiB`;
}

/** The limits of an environment for people: `2 CPU, 4 GiB memory, …`. */
export function limitWords({
  apps,
  cpu,
  memory,
  pods,
  storage,
}: EnvironmentLimits): string {
  return [
    `${cpuWords(cpu)} CPU`,
    `${bytesWords(memory)} memory`,
    `${bytesWords(storage)} storage`,
    counted(pods, 'pod'),
    counted(apps, 'app'),
  ].join(', ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${Number(count) === 1 ? '' : 's'}`;
}
