import { RELATION_DEPENDS_ON, type Entity } from '@backstage/catalog-model';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns tenant and name of an entity's app, `undefined` for other entities. */
export function appOf(
  entity: Entity,
): { tenant: string; name: string } | undefined {
  const tenant = entity.metadata.annotations?.[annotations.tenant];
  const name = entity.metadata.annotations?.[annotations.app];
  return tenant && name ? { tenant, name } : undefined;
}

/** Whether an entity is the component of an app. @public */
export function isAppComponent(entity: Entity): boolean {
  return entity.kind === 'Component' && appOf(entity) !== undefined;
}

/** Whether an entity is the system of an app. */
export function isAppSystem(entity: Entity): boolean {
  return entity.kind === 'System' && appOf(entity) !== undefined;
}

/** Whether an entity is the component or the system of an app. @public */
export function isApp(entity: Entity): boolean {
  return isAppComponent(entity) || isAppSystem(entity);
}

/** Returns the references of the data sets and clusters on which an app depends. */
export function dependenciesOf({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === RELATION_DEPENDS_ON)
    .map(({ targetRef }) => targetRef);
}

/** Whether an entity is the API of an app. @public */
export function isAppApi(entity: Entity): boolean {
  return entity.kind === 'API' && appOf(entity) !== undefined;
}

/** A part of all apps: those of a tenant, of a pack, or on a cluster. */
export interface FleetFilter {
  of: 'tenant' | 'pack' | 'cluster';
  name: string;
}

/** Returns the filter for the apps of an entity; `undefined` for entities without apps. */
export function fleetFilterOf({
  kind,
  metadata,
  spec,
}: Entity): FleetFilter | undefined {
  const part = (of: FleetFilter['of'], annotation: string) => {
    const name = metadata.annotations?.[annotation];
    return name ? { of, name } : undefined;
  };
  switch (`${kind} ${spec?.type}`) {
    case 'Domain tenant':
      return part('tenant', annotations.tenant);
    case 'Domain domain-pack':
      return part('pack', annotations.domain);
    case 'Resource kubernetes-cluster':
      return part('cluster', annotations.cluster);
    default:
      return undefined;
  }
}

/** Whether an entity is the domain of a pack. @public */
export function isDomainPack(entity: Entity): boolean {
  return fleetFilterOf(entity)?.of === 'pack';
}

/** Whether apps belong to an entity. @public */
export function hasApps(entity: Entity): boolean {
  return fleetFilterOf(entity) !== undefined;
}
