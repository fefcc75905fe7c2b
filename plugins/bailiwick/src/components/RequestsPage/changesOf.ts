import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatRelease } from '@bailiwick/backstage-plugin-bailiwick-react';
import { describeValue, fieldWords } from './describeValue';

/** One thing that a request changes, for people. */
export interface Change {
  /** Name of the field, such as "Members". */
  field: string;
  /** Name of the item: an environment, or the reference of a member. */
  name?: string;
  /** Description of the change, such as "viewer → builder". */
  words: string;
}

type Fields = Record<string, unknown>;
type Keyed = Map<string, Fields>;

const wholeTenant: Partial<Record<ChangeRequest['spec']['action'], Change>> = {
  offboard: {
    field: 'Tenant',
    words: 'deleted with all its contents',
  },
  cordon: {
    field: 'Members',
    words: 'read-only until the cordon is lifted',
  },
  uncordon: { field: 'Members', words: 'can create and change apps again' },
};

/**
 * Describes the changes of a request.
 *
 * @param before - replaced values, in the shape of `proposed`; absent if unknown
 */
export function changesOf(
  { action, proposed }: Pick<ChangeRequest['spec'], 'action' | 'proposed'>,
  before: Fields | undefined,
): Change[] {
  const whole = wholeTenant[action];
  if (whole) return [whole];
  // Access is new, and ends by itself; the fields of the tenant have the same names.
  if (action === 'grantAccess') {
    const { environment, expiresAt, functions } = proposed;
    const [place, end] = [environment, expiresAt].map(describeValue);
    return [
      {
        field: 'Read access',
        words: `${
          functions ? describeValue(functions) : 'all functions'
        } in ${place} until ${end}`,
      },
    ];
  }
  if (action === 'promote') {
    const { environment, parameters, release } = proposed;
    const [now, next] = [before?.release, release].map(one =>
      formatRelease(describeValue(one)),
    );
    const words = `${now} → ${next}`;
    return [
      { field: 'Release', name: String(environment), words },
      ...changesOfSettings(before?.parameters, parameters),
    ];
  }
  return Object.entries(proposed).flatMap(([name, after]) => {
    const field = name === 'add' ? 'Environments' : fieldWords(name);
    const old = name === 'add' ? [] : before?.[name];
    const isKnown = name === 'add' || before !== undefined;
    if (!isKnown) return [{ field, words: describeValue(after) }];
    return Array.isArray(after)
      ? changesOfList(field, keyed(old), keyed(after), action === 'renew')
      : [{ field, words: `${describeValue(old)} → ${describeValue(after)}` }];
  });
}

/** Returns the changed settings; a promotion without settings keeps them. */
function changesOfSettings(before: unknown, after: unknown): Change[] {
  const [old, wanted] = [before, after].map(one => (one ?? {}) as Fields);
  if (after === undefined) return [];
  const names = new Set([...Object.keys(old), ...Object.keys(wanted)]);
  return [...names].flatMap(name => {
    const [was, is] = [old[name], wanted[name]].map(one =>
      one === undefined ? 'default' : JSON.stringify(one),
    );
    return was === is
      ? []
      : [{ field: 'Settings', name, words: `${was} → ${is}` }];
  });
}

function changesOfList(
  field: string,
  before: Keyed,
  after: Keyed,
  isPartial: boolean,
): Change[] {
  const changes: Change[] = [];
  for (const [name, value] of after) {
    const [old, words] = [before.get(name), describeValue(value)];
    if (!old)
      changes.push({ field, name, words: words ? `new, ${words}` : 'new' });
    else if (describeValue(old) !== words)
      changes.push({
        field,
        name,
        words: `${describeValue(old) || 'expires with the tenant'} → ${words}`,
      });
  }
  if (isPartial) return changes;
  for (const [name, value] of before) {
    const words = describeValue(value);
    if (!after.has(name))
      changes.push({
        field,
        name,
        words: words ? `removed, was ${words}` : 'removed',
      });
  }
  return changes;
}

/** Returns items by name. */
function keyed(list: unknown): Keyed {
  const items = Array.isArray(list) ? list : [];
  return new Map(
    items.map(item => {
      if (typeof item !== 'object') return [String(item), {}];
      const { name, subject, ...rest } = item as Fields;
      return [String(name ?? subject), rest];
    }),
  );
}
