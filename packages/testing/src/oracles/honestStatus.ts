import {
  findCondition,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { falseClaimsOfApp } from './honestApp';
import { falseClaimsOfTenant } from './honestTenant';
import type { Violation } from './oracles';
import type { World } from './World';

/** Something that has a status. */
type Stated = Tenant | App;

/**
 * O5: a ready object has observed its newest spec, and everything that this spec requires exists; once nothing changes
 * any more, all objects have observed the newest spec.
 *
 * @param atRest - nothing has changed for a while, so that a status cannot be late
 */
export function honestStatus(world: World, atRest = true): Violation[] {
  const all: Stated[] = [...world.tenants, ...world.apps];
  return [
    ...all.flatMap(fromTheFuture),
    ...(atRest ? all.filter(isStaying).flatMap(behind) : []),
    ...world.tenants
      .filter(claims)
      .flatMap(tenant => falseClaimsOfTenant(world, tenant, atRest)),
    ...world.apps
      .filter(claims)
      .flatMap(app => falseClaimsOfApp(world, app, atRest)),
  ];
}

function isStaying({ metadata }: Stated): boolean {
  return !metadata.deletionTimestamp;
}

/** Whether an object claims to be ready for its newest spec. */
function claims(object: Stated): boolean {
  const ready = findCondition(object.status, 'Ready');
  return (
    isStaying(object) &&
    ready?.status === 'True' &&
    ready.observedGeneration === object.metadata.generation
  );
}

/** Returns conditions about a spec that has not been written yet. */
function fromTheFuture(object: Stated): Violation[] {
  const { generation = 0 } = object.metadata;
  return generationsOf(object)
    .filter(([, seen]) => seen > generation)
    .map(([what]) => `O5: ${what} of ${nameOf(object)} is from the future`);
}

/** Conditions that speak of an earlier spec. */
function behind(object: Stated): Violation[] {
  const { generation = 0 } = object.metadata;
  if (!findCondition(object.status, 'Ready'))
    return [`O5: ${nameOf(object)} does not say whether it is ready`];
  return generationsOf(object)
    .filter(([, seen]) => seen < generation)
    .map(([what]) => `O5: ${what} of ${nameOf(object)} is of an earlier spec`);
}

function generationsOf({ status }: Stated): [string, number][] {
  return [
    ['The status', status?.observedGeneration ?? 0],
    ...(status?.conditions ?? []).map(
      ({ type, observedGeneration = 0 }): [string, number] => [
        type,
        observedGeneration,
      ],
    ),
  ];
}

function nameOf({ kind, metadata }: Stated): string {
  const { name, namespace } = metadata;
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
