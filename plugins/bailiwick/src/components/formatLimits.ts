import {
  quantityToNumber,
  type EnvironmentLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  formatBytes,
  formatCount,
} from '@bailiwick/backstage-plugin-bailiwick-react';

/** Formats cores with at most two decimals: `100m` is `0.1`. */
export function formatCpu(quantity: string): string {
  return String(Math.round(quantityToNumber(quantity) * 100) / 100);
}

/** Formats a quantity of bytes: `4Gi` is `4 GiB`, `128Mi` is `128 MiB`. */
export function formatByteQuantity(quantity: string): string {
  return formatBytes(quantityToNumber(quantity));
}

/** Formats the limits of an environment: `2 CPU, 4 GiB memory, …`. */
export function formatLimits({
  apps,
  cpu,
  memory,
  pods,
  storage,
}: EnvironmentLimits): string {
  return [
    `${formatCpu(cpu)} CPU`,
    `${formatByteQuantity(memory)} memory`,
    `${formatByteQuantity(storage)} storage`,
    formatCount(pods, 'pod'),
    formatCount(apps, 'app'),
  ].join(', ');
}
