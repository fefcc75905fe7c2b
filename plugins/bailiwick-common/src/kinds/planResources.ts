// The resources of which plans set limits: one row each. Kinds, quotas, costs, refusals and pages derive from it.
import { z } from 'zod';
import { quantitySchema } from './schema/scalars';

/** Unit of a resource. */
export type ResourceUnit = 'bytes' | 'cores' | 'devices' | 'objects';

/** Consumer of an amount of a resource. */
export type ResourceConsumer = 'app' | 'container' | 'pod' | 'volume';

/** A resource of which plans set limits. @public */
export interface ResourceRow {
  /** Heading, without a unit. */
  title: string;
  /** Word after an amount; plural if it can be counted. */
  noun: string;
  unit: ResourceUnit;
  /** Name in a ResourceQuota. */
  quotaKey: string;
  consumer: ResourceConsumer;
  /** Description of the field in each kind. */
  description: string;
  /** Range of a limit; for counts only. */
  range?: { min: number; max: number };
  /** Price of one core, GiB or device: its field in `prices` of a plan, and the time it is for. */
  price?: { field: string; per: 'hour' | 'month' };
  /** Whether the budget of a plan limits the sum of all environments. */
  isBudgeted: boolean;
  /** Whether plans can omit it, which allows none. Every row added after the first release is optional. */
  isOptional?: boolean;
}

/**
 * All resources of which plans set limits, in the order of pages. A resource that the operator sets on each container
 * itself, as `ephemeralStorage.ts` does, must also come from the plan there.
 *
 * @public
 */
export const resources = {
  cpu: {
    title: 'CPU',
    noun: 'CPU',
    unit: 'cores',
    quotaKey: 'requests.cpu',
    consumer: 'container',
    description: 'CPU requests of pods in cores, such as 2 or 500m.',
    price: { field: 'cpuHour', per: 'hour' },
    isBudgeted: true,
  },
  memory: {
    title: 'Memory',
    noun: 'memory',
    unit: 'bytes',
    quotaKey: 'requests.memory',
    consumer: 'container',
    description: 'Memory requests of pods, such as 4Gi.',
    price: { field: 'memoryGiBHour', per: 'hour' },
    isBudgeted: true,
  },
  gpu: {
    title: 'GPU',
    noun: 'GPUs',
    unit: 'devices',
    quotaKey: 'requests.nvidia.com/gpu',
    consumer: 'container',
    description: 'GPU requests of pods (nvidia.com/gpu); 0 by default.',
    range: { min: 0, max: 1000 },
    price: { field: 'gpuHour', per: 'hour' },
    isBudgeted: true,
    isOptional: true,
  },
  storage: {
    title: 'Storage',
    noun: 'storage',
    unit: 'bytes',
    quotaKey: 'requests.storage',
    consumer: 'volume',
    description: 'Storage requests of volumes, such as 20Gi.',
    price: { field: 'storageGiBMonth', per: 'month' },
    isBudgeted: true,
  },
  pods: {
    title: 'Pods',
    noun: 'pods',
    unit: 'objects',
    quotaKey: 'pods',
    consumer: 'pod',
    description: 'Number of pods.',
    range: { min: 1, max: 10_000 },
    isBudgeted: false,
  },
  apps: {
    title: 'Apps',
    noun: 'apps',
    unit: 'objects',
    quotaKey: 'count/deployments.apps',
    consumer: 'app',
    description: 'Number of apps.',
    range: { min: 0, max: 1000 },
    isBudgeted: true,
  },
} as const satisfies Record<string, ResourceRow>;

type Resources = typeof resources;

/** Name of a resource, which is its field in kinds. @public */
export type ResourceName = keyof Resources;

/** A resource of which a plan has a budget. @public */
export type BudgetedResource = NameWith<{ isBudgeted: true }>;

/** A resource that containers request. @public */
export type ContainerResource = NameWith<{ consumer: 'container' }>;

/** A resource that plans can omit. */
type OptionalResource = NameWith<{ isOptional: true }>;

/** A resource that nodes have. @public */
export type NodeResource = NameWith<{ consumer: 'container' | 'pod' }>;

/** Amounts of all resources, as kinds store them: quantities, and counts. @public */
export type Amounts = z.output<z.ZodObject<AmountFields<ResourceName>>>;

type NameWith<Row> = {
  [R in ResourceName]: Resources[R] extends Row ? R : never;
}[ResourceName];

type AmountSchema<R extends ResourceName> = Resources[R]['unit'] extends
  | 'bytes'
  | 'cores'
  ? z.ZodString
  : z.ZodInt;

type AmountFields<Names extends ResourceName> = {
  [R in Names]: Resources[R] extends { isOptional: true }
    ? z.ZodOptional<AmountSchema<R>>
    : AmountSchema<R>;
};

/** All resources, in the order of pages. @public */
export const resourceNames = Object.keys(resources) as ResourceName[];

/** Resources of which a plan has a budget. */
export const budgetedResources = resourceNames.filter(
  (name): name is BudgetedResource => resources[name].isBudgeted,
);

/** Resources that containers request. @public */
export const containerResources = resourceNames.filter(
  (name): name is ContainerResource => resources[name].consumer === 'container',
);

/** Resources of which every container has an amount. */
export const requiredContainerResources = containerResources.filter(
  (name): name is Exclude<ContainerResource, OptionalResource> =>
    !(resources[name] as ResourceRow).isOptional,
);

/** Resources that nodes have, of which `status.capacity` of a cluster has the sum. @public */
export const nodeResources = resourceNames.filter(
  (name): name is NodeResource =>
    ['container', 'pod'].includes(resources[name].consumer),
);

/** Returns the name that nodes and containers have for a resource, such as `nvidia.com/gpu`. @public */
export function containerKey(name: ResourceName): string {
  return resources[name].quotaKey.replace(/^requests\./, '');
}

/**
 * Fields with an amount of each resource, for a schema.
 *
 * @param scale - by how much the largest count that a row allows is multiplied; no range when absent
 */
export function amountFields<Names extends ResourceName>(
  names: readonly Names[],
  scale?: number,
  describe = ({ description }: ResourceRow): string => description,
): AmountFields<Names> {
  const fields = names.map(name => {
    const row: ResourceRow = resources[name];
    const schema = amountSchema(row, scale);
    return [
      name,
      (row.isOptional ? schema.optional() : schema).describe(describe(row)),
    ];
  });
  return Object.fromEntries(fields) as AmountFields<Names>;
}

function amountSchema({ range, unit }: ResourceRow, scale?: number): z.ZodType {
  if (unit === 'bytes' || unit === 'cores') return quantitySchema;
  return range && scale
    ? z
        .int()
        .min(range.min)
        .max(range.max * scale)
    : z.int().min(0);
}

const decimal = z
  .string()
  .max(20)
  .regex(/^[0-9]+(\.[0-9]+)?$/, 'must be a decimal number such as 0.03');

type PricedResource = NameWith<{ price: object }>;

type PriceFields = {
  [R in PricedResource as Resources[R]['price']['field']]: Resources[R] extends {
    isOptional: true;
  }
    ? z.ZodOptional<z.ZodString>
    : z.ZodString;
};

/** Fields with the price of each resource that has one, for a schema. */
export function priceFields(): PriceFields {
  const fields = Object.values<ResourceRow>(resources).flatMap(
    ({ isOptional, price, title, unit }) => {
      if (!price) return [];
      const measure =
        unit === 'bytes' ? `GiB of ${title.toLowerCase()}` : title;
      return [
        [
          price.field,
          (isOptional ? decimal.optional() : decimal).describe(
            `Price of one ${measure} per ${price.per}.`,
          ),
        ],
      ];
    },
  );
  return Object.fromEntries(fields) as PriceFields;
}
