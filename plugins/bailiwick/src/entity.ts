import type { Entity } from '@backstage/catalog-model';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common';

/** Tenant and name of the app that an entity stands for, `undefined` for other entities. */
export function appOf(
  entity: Entity,
): { tenant: string; app: string } | undefined {
  const tenant = entity.metadata.annotations?.[annotations.tenant];
  const app = entity.metadata.annotations?.[annotations.app];
  return tenant && app ? { tenant, app } : undefined;
}

/** Whether an entity is the component of an app. */
export function isAppComponent(entity: Entity): boolean {
  return entity.kind === 'Component' && appOf(entity) !== undefined;
}
