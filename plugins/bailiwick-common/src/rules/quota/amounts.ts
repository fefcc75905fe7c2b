// Amounts of resources: as numbers, as kinds and quotas store them, and for people.
import {
  containerKey,
  containerResources,
  resourceNames,
  resources,
  type Amounts,
  type ContainerResource,
  type ResourceName,
  type ResourceRow,
  type ResourceUnit,
} from '../../kinds/planResources';
import { quantitySchema } from '../../kinds/schema/scalars';
import { parseQuantity } from './quantity';

const [mib, gib] = [2 ** 20, 2 ** 30];

/** An amount as kinds store it. */
export type StoredAmount = number | string;

/** Storage form of amounts of each unit, and the larger unit in which they are shown. */
const units: Record<
  ResourceUnit,
  { title?: string; size: number; store: (value: number) => StoredAmount }
> = {
  cores: {
    title: 'cores',
    size: 1,
    store: value =>
      Number.isInteger(value) ? `${value}` : `${Math.round(value * 1000)}m`,
  },
  bytes: {
    title: 'GiB',
    size: gib,
    store: value =>
      value > 0 && value % mib === 0
        ? `${value / mib}Mi`
        : `${Math.round(value)}`,
  },
  devices: { title: 'devices', size: 1, store: value => value },
  objects: { size: 1, store: value => value },
};

/** Returns a stored amount in cores, bytes or pieces; 0 if it is absent or invalid. @public */
export function amountToNumber(amount: StoredAmount | undefined): number {
  return typeof amount === 'number'
    ? amount
    : parseQuantity(amount ?? '0') ?? 0;
}

/** Parses a typed amount into its stored form; `undefined` if it violates {@link amountRule}. @public */
export function readAmount(
  resource: ResourceName,
  text: string,
): StoredAmount | undefined {
  if (isQuantity(resources[resource].unit))
    return quantitySchema.safeParse(text).success ? text : undefined;
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Returns a description of valid amounts of a resource. @public */
export function amountRule(resource: ResourceName): string {
  return isQuantity(resources[resource].unit)
    ? 'a quantity such as 500m, 2 or 4Gi'
    : 'a whole number';
}

/** Returns the size of the displayed and billed unit of a resource, such as 2^30 bytes. @public */
export function unitSize(resource: ResourceName): number {
  return units[resources[resource].unit].size;
}

/** Returns a stored amount in the displayed unit, such as cores or GiB. @public */
export function amountToUnits(
  resource: ResourceName,
  amount: StoredAmount | undefined,
): number {
  return amountToNumber(amount) / unitSize(resource);
}

/** Returns the stored form of an amount in the displayed unit; the inverse of {@link amountToUnits}. @public */
export function unitsToAmount(
  resource: ResourceName,
  count: number,
): StoredAmount {
  const { unit } = resources[resource];
  if (unit === 'bytes' && Number.isInteger(count)) return `${count}Gi`;
  return units[unit].store(count * unitSize(resource));
}

/** Returns the displayed unit of a resource, such as `GiB`; absent for counts. @public */
export function unitTitle(resource: ResourceName): string | undefined {
  return units[resources[resource].unit].title;
}

/** Returns a resource with its unit, such as `Memory (GiB)`. @public */
export function resourceTitle(resource: ResourceName): string {
  const { title, unit } = resources[resource];
  return units[unit].title ? `${title} (${units[unit].title})` : title;
}

/** Adds stored amounts, in cores, bytes and counts. Resources that are in no list are omitted. */
export function addAmounts<Name extends ResourceName>(
  names: readonly Name[],
  lists: Partial<Pick<Amounts, Name>>[],
): { [R in Name]?: number } {
  const sums = names.flatMap(name => {
    const amounts = lists.flatMap(list => list[name] ?? []);
    // Thousandths are whole numbers, which add up exactly.
    const total = amounts.reduce<number>(
      (sum, amount) => sum + Math.round(amountToNumber(amount) * 1000),
      0,
    );
    return amounts.length > 0 ? [[name, total / 1000]] : [];
  });
  return Object.fromEntries(sums);
}

/** Adds stored amounts and returns their stored form. Resources that are in no list are omitted. @public */
export function sumAmounts(lists: Partial<Amounts>[]): Partial<Amounts> {
  const sums = addAmounts(resourceNames, lists);
  return mapAmounts(resourceNames, name => {
    const total = sums[name];
    return total === undefined
      ? undefined
      : units[resources[name].unit].store(total);
  });
}

/** Returns the smaller of two amounts; the second one if the first is absent or both are equal. */
export function smallerAmount(
  one: StoredAmount | undefined,
  other: StoredAmount | undefined,
): StoredAmount | undefined {
  return one !== undefined && amountToNumber(one) < amountToNumber(other)
    ? one
    : other;
}

/** Returns the amounts in `hard` or `used` of a ResourceQuota. @public */
export function readQuota(list: Record<string, string>): Partial<Amounts> {
  return mapAmounts(resourceNames, name => {
    const { quotaKey, unit } = resources[name];
    const amount = list[quotaKey];
    if (amount === undefined) return undefined;
    // The API server writes a thousand as `1k`.
    return isQuantity(unit) ? amount : amountToNumber(amount);
  });
}

/**
 * Reads the amounts of a ResourceQuota for a status. Missing amounts are 0; optional resources with a limit of 0 are
 * omitted.
 *
 * @param list - `hard` or `used` of the quota
 * @public
 */
export function amountsOfQuota(
  list: Record<string, string> = {},
  hard: Record<string, string> = list,
): Amounts {
  const amounts = readQuota(list);
  return mapAmounts(resourceNames, name => {
    const { isOptional, quotaKey, unit }: ResourceRow = resources[name];
    return isOptional && amountToNumber(hard[quotaKey]) === 0
      ? undefined
      : amounts[name] ?? (isQuantity(unit) ? '0' : 0);
  }) as Amounts;
}

/** Returns limits in the notation of a ResourceQuota; 0 of resources that they omit. @public */
export function quotaOfAmounts(limits: Amounts): Record<string, string> {
  return Object.fromEntries(
    resourceNames.map(name => [
      resources[name].quotaKey,
      `${limits[name] ?? 0}`,
    ]),
  );
}

/** Returns the requests of one container: those of its plan, up to the limits of its runtime. @public */
export function containerRequests(
  limits: Pick<Amounts, ContainerResource>,
  defaults: Partial<Pick<Amounts, ContainerResource>>,
): Pick<Amounts, ContainerResource> {
  return mapAmounts(containerResources, name =>
    smallerAmount(defaults[name], limits[name]),
  ) as Pick<Amounts, ContainerResource>;
}

/** Returns amounts by the names used in `resources` of a container. @public */
export function byContainerKey(
  amounts: Pick<Amounts, ContainerResource>,
): Record<string, string> {
  return Object.fromEntries(
    containerResources.flatMap(name =>
      amounts[name] === undefined
        ? []
        : [[containerKey(name), `${amounts[name]}`]],
    ),
  );
}

/** Returns amounts of some resources, without those that are `undefined`. @public */
export function mapAmounts<Name extends ResourceName>(
  names: readonly Name[],
  amountOf: (name: Name) => StoredAmount | undefined,
): Partial<Amounts> {
  return Object.fromEntries(
    names.flatMap(name => {
      const amount = amountOf(name);
      return amount === undefined ? [] : [[name, amount]];
    }),
  );
}

function isQuantity(unit: ResourceUnit): boolean {
  return unit === 'bytes' || unit === 'cores';
}
