import { formatDate } from '@bailiwick/backstage-plugin-bailiwick-react';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** Labels of fields that differ from their names. */
const called: Record<string, string> = {
  costCentre: 'Cost center',
  expiresAt: 'Expires',
};

/** A field's name in words: `usedRatio` is "Used ratio". */
export function fieldWords(name: string): string {
  if (Object.hasOwn(called, name)) return called[name];
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/^./, first => first.toUpperCase());
}

/** A value of a request in words; objects in lists by their names. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'none';
  if (Array.isArray(value))
    return value.map(describeValue).join(', ') || 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && instant.test(value))
    return formatDate(value);
  if (typeof value !== 'object') return String(value);
  const { name, subject, ...rest } = value as Record<string, unknown>;
  const facts = Object.entries(rest)
    .filter(([, fact]) => fact !== undefined && fact !== false)
    .map(([field, fact]) => describeFact(field, fact));
  const what = name ?? subject;
  if (what === undefined) return facts.join(', ');
  return facts.length > 0 ? `${what} (${facts.join(', ')})` : String(what);
}

function describeFact(field: string, fact: unknown): string {
  if (fact === true) return field;
  if (field === 'role') return String(fact);
  if (field === 'expiresAt') return `expires ${describeValue(fact)}`;
  return `${field} ${describeValue(fact)}`;
}
