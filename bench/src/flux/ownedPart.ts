/**
 * Which fields somebody owns, as the API server writes it down (FieldsV1): `f:` and a field's name,
 * `k:` and the keys of a list's item, `v:` and a value in a set, `.` for the thing itself.
 */
export interface FieldSet {
  [path: string]: FieldSet;
}

/** The part of a value that is owned; the whole of it where the fields go no deeper. */
export function ownedPart(value: unknown, fields: FieldSet): unknown {
  const paths = Object.keys(fields).filter(path => path !== '.');
  if (paths.length === 0) return value;
  if (Array.isArray(value))
    return value.flatMap(item => ownedItem(item, fields, paths));
  const owned = paths.map(path => {
    const name = path.slice('f:'.length);
    const field = (value as Record<string, unknown>)[name];
    return [name, ownedPart(field, fields[path])];
  });
  return Object.fromEntries(owned);
}

/** An item of a list in a list, none when nothing of it is owned. */
function ownedItem(
  item: unknown,
  fields: FieldSet,
  paths: string[],
): unknown[] {
  const path = paths.find(one => names(one, item));
  if (!path) return [];
  if (path.startsWith('v:')) return [item];
  const part = ownedPart(item, fields[path]) as object;
  return [{ ...wantedBy(path), ...part }];
}

function names(path: string, item: unknown): boolean {
  const wanted = wantedBy(path);
  if (path.startsWith('v:')) return wanted === item;
  return Object.entries(wanted).every(
    ([key, value]) => (item as Record<string, unknown>)[key] === value,
  );
}

/** The keys with their values, or the value itself. */
function wantedBy(path: string) {
  return JSON.parse(path.slice('k:'.length));
}
