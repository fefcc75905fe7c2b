import type {
  FleetMessage,
  FleetRow,
  FleetTenant,
  WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  useLive,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';

/** All apps that the reader may see, and their tenants. */
export interface Fleet {
  rows: FleetRow[];
  tenants: FleetTenant[];
}

/** Identity of an app in the fleet. */
export function idOfRow({ name, tenant }: FleetRow): string {
  return `${tenant}/${name}`;
}

/** The fleet after a message; rows that did not change stay the same objects in the same places. */
export function foldFleet(
  before: Fleet | undefined,
  message: FleetMessage,
): Fleet {
  if (message.type === 'snapshot')
    return { rows: message.items, tenants: message.tenants };
  const { items, removed, tenants = before?.tenants ?? [] } = message;
  const changed = new Map(items.map(row => [idOfRow(row), row]));
  const gone = new Set(removed);
  const rows = (before?.rows ?? [])
    .filter(row => !gone.has(idOfRow(row)))
    .map(row => {
      const id = idOfRow(row);
      const newer = changed.get(id);
      changed.delete(id);
      return newer ?? row;
    });
  return { rows: [...rows, ...changed.values()], tenants };
}

/**
 * Follows the fleet.
 *
 * @param part - which part of it: `{ tenant: 'rates-desk' }`
 */
export function useFleet(part: Record<string, string> = {}): Live<Fleet> {
  const query = new URLSearchParams(part);
  const path: WatchPath = query.size > 0 ? `/fleet?${query}` : '/fleet';
  return useLive<Fleet, FleetMessage>(path, foldFleet);
}

/** Returns the tenants in the form that the button for new apps needs. */
export function tenantsToCreateIn(tenants: FleetTenant[]) {
  return tenants.map(({ cordon, myRole, name }) => ({
    metadata: { name },
    myRole,
    spec: { cordon },
  }));
}
