import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { PackView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** An archetype as the portal lists it. */
export type ArchetypeView = PackView['spec']['archetypes'][number];
type Result = {
  kind: 'table' | 'stream' | 'value';
  key?: string[];
  columns?: { name: string }[];
};
/** A function of an archetype's contract. */
export interface PromisedFunction {
  name: string;
  result: Result;
}

/** Functions of the archetype's contract. */
export function functionsOf({ contract }: ArchetypeView): PromisedFunction[] {
  return (contract.functions ?? []) as PromisedFunction[];
}

/** Delivery to consumers, by shape. */
const deliveries: Record<ArchetypeView['shape'], string> = {
  function: 'on request',
  stream: 'live',
  job: 'after each run',
  dag: 'after each run',
  mqtt: 'from incoming messages',
  dashboard: 'on a page',
};

/** Returns the results of an app of the archetype, such as "2 tables on request". */
export function yieldOf(archetype: ArchetypeView): string {
  const kinds = functionsOf(archetype).map(({ result }) => result.kind);
  const parts = [
    ['table', kinds.filter(kind => kind === 'table').length],
    ['stream', kinds.filter(kind => kind === 'stream').length],
    ['value', kinds.filter(kind => kind === 'value').length],
  ] as const;
  const words = parts
    .filter(([, count]) => count > 0)
    .map(([what, count]) => formatCount(count, what));
  const tail = deliveries[archetype.shape];
  return words.length > 0 ? `${words.join(', ')} ${tail}` : 'results';
}

/** Returns the requirements of an app besides a tenant and an environment, such as "connection Broker". */
export function needsOf(archetype: ArchetypeView, pack: PackView): string[] {
  const { connections = [], consume, run } = archetype;
  const titles = connections.map(
    name =>
      pack.spec.connections?.find(one => one.name === name)?.title ?? name,
  );
  const storage = run?.storage ?? consume?.storage;
  return [
    ...titles.map(title => `connection ${title}`),
    ...(run?.schedule || run?.scheduleFrom ? ['schedule'] : []),
    ...(storage
      ? [`${storage.replace(/^(\d+)([A-Z]i?)$/, '$1 $2B')} storage`]
      : []),
  ];
}
