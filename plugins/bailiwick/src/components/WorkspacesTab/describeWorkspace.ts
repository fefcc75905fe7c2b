import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { amountToUnits } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { WorkspaceView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Health states whose icons the phases of a workspace have. */
export const healthOf: Record<WorkspaceView['phase'], Health> = {
  Pending: 'Progressing',
  Starting: 'Progressing',
  Running: 'Healthy',
  Stopped: 'Suspended',
  Failed: 'Failed',
};

/** Whether a workspace runs or is about to. */
export function isOn({ phase }: WorkspaceView): boolean {
  return phase !== 'Stopped' && phase !== 'Failed';
}

/** Returns the size of a workspace, such as `1 core, 2 GiB of memory, 5 GiB of disk`. */
export function describeSize({ cpu, memory, storage }: WorkspaceView): string {
  const gib = (amount: string) =>
    `${round(amountToUnits('memory', amount))} GiB`;
  return [
    formatCount(round(amountToUnits('cpu', cpu)), 'core'),
    `${gib(memory)} of memory`,
    `${gib(storage)} of disk`,
  ].join(', ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
