import type {
  FleetEnvironment,
  FleetRow,
  FleetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { cordonRefusal } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { idOfRow } from '../fleet/useFleet';

/** Actions for several apps at once. */
export const bulkActions = ['restart', 'pause', 'resume'] as const;

/** One of {@link bulkActions}. */
export type BulkAction = (typeof bulkActions)[number];

/** An app in one environment. */
export interface BulkTarget {
  row: FleetRow;
  place: FleetEnvironment;
}

/** Effect of an action, and the apps that it leaves unchanged. */
export interface BulkPlan {
  touched: BulkTarget[];
  leftOut: (BulkTarget & { reason: string })[];
}

/** Identity of an app in one environment: `<tenant>/<app>/<environment>`. */
export function idOfPlace(row: FleetRow, { name }: FleetEnvironment): string {
  return `${idOfRow(row)}/${name}`;
}

/** The chosen ones that are still there, as they are now. */
export function targetsOf(
  rows: FleetRow[],
  chosen: ReadonlySet<string>,
): BulkTarget[] {
  return rows.flatMap(row =>
    row.environments
      .filter(place => chosen.has(idOfPlace(row, place)))
      .map(place => ({ row, place })),
  );
}

/** Returns for each target whether an action applies to it. */
export function planBulk(
  action: BulkAction,
  targets: BulkTarget[],
  tenants: FleetTenant[],
): BulkPlan {
  const plan: BulkPlan = { touched: [], leftOut: [] };
  for (const target of targets) {
    const tenant = tenants.find(({ name }) => name === target.row.tenant);
    const reason = reasonAgainst(action, target.place, tenant);
    if (reason) plan.leftOut.push({ ...target, reason });
    else plan.touched.push(target);
  }
  return plan;
}

function reasonAgainst(
  action: BulkAction,
  { name, paused, protected: isProtected }: FleetEnvironment,
  tenant: FleetTenant | undefined,
): string | undefined {
  if (!tenant?.operates.includes(name))
    return isProtected
      ? 'Only owners of the tenant can do this in a protected environment.'
      : 'Only builders and owners of the tenant can do this.';
  const refusal = cordonRefusal(tenant.name, tenant.cordon);
  if (refusal) return refusal;
  if (action === 'resume') return paused ? undefined : 'The app is not paused.';
  if (!paused) return undefined;
  return action === 'pause'
    ? 'The app is already paused.'
    : 'The app is paused. Resume it to start its pods.';
}
