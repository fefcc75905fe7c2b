import type { WatchPath } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLive, type Live } from './useLive';

type Item = { metadata: { name: string; namespace?: string } };

type ListMessage<T> =
  | { type: 'snapshot'; items: T[] }
  | { type: 'changed'; item: T }
  | { type: 'removed'; id: string };

function idOf({ metadata: { name, namespace } }: Item): string {
  return namespace ? `${namespace}/${name}` : name;
}

function fold<T extends Item>(items: T[] = [], message: ListMessage<T>): T[] {
  switch (message.type) {
    case 'snapshot':
      return message.items;
    case 'changed': {
      const id = idOf(message.item);
      return items.some(item => idOf(item) === id)
        ? items.map(item => (idOf(item) === id ? message.item : item))
        : [...items, message.item];
    }
    default:
      return items.filter(item => idOf(item) !== message.id);
  }
}

/** Follows a watched list; changed rows keep their positions. @public */
export function useLiveList<T extends Item>(path: WatchPath): Live<T[]> {
  return useLive<T[], ListMessage<T>>(path, fold);
}
