import { BadODataError, NotImplementedError } from './errors';
import type { Expression } from './expression';
import { parseExpression } from './parseExpression';

/** System query options of a request (OData 4.0 Part 2, section 5.1). */
export interface QueryOptions {
  filter?: Expression;
  orderBy: { expression: Expression; isDescending: boolean }[];
  /** Names of properties; absent for all. */
  select?: string[];
  top?: number;
  skip?: number;
  count: boolean;
  skipToken?: string;
  format?: string;
  /** Texts of parameter aliases by name, such as `@p1`. */
  aliases: ReadonlyMap<string, string>;
  /** Options without `$` and `@`: parameters of the function, and those that clients add. */
  custom: [name: string, value: string][];
}

/** Options of OData that this service has. */
export const systemOptions = [
  '$filter',
  '$orderby',
  '$select',
  '$top',
  '$skip',
  '$count',
  '$skiptoken',
  '$format',
] as const;

const unsupported = [
  '$apply',
  '$compute',
  '$search',
  '$expand',
  '$levels',
  '$deltatoken',
  '$id',
  '$index',
  '$schemaversion',
];

/** Maximum number of sort keys. */
const maxKeys = 20;

/**
 * Parses the query of a request.
 *
 * @throws BadODataError for unknown, repeated or malformed options
 * @throws NotImplementedError for options of OData that this service does not have
 */
export function readQueryOptions(query: URLSearchParams): QueryOptions {
  const system = new Map<string, string>();
  const aliases = new Map<string, string>();
  const custom: [string, string][] = [];
  for (const [name, value] of query) {
    if (name.startsWith('$')) addSystem(system, name, value);
    else if (name.startsWith('@')) aliases.set(name, value);
    else custom.push([name, value]);
  }
  const filter = system.get('$filter');
  const order = system.get('$orderby');
  const select = system.get('$select');
  return {
    ...(filter !== undefined && {
      filter: parseExpression(filter, { option: '$filter', aliases }),
    }),
    orderBy: order === undefined ? [] : readOrder(order, aliases),
    ...(select !== undefined &&
      select.trim() !== '*' && {
        select: readSelect(select),
      }),
    top: readCount(system, '$top'),
    skip: readCount(system, '$skip'),
    count: readBoolean(system, '$count'),
    skipToken: system.get('$skiptoken'),
    format: system.get('$format'),
    aliases,
    custom,
  };
}

function addSystem(
  system: Map<string, string>,
  name: string,
  value: string,
): void {
  if (unsupported.includes(name))
    throw new NotImplementedError(
      `${name} is not supported; available: ${systemOptions.join(', ')}`,
    );
  const lower = name.toLowerCase();
  if (name !== lower && systemOptions.some(one => one === lower))
    throw new NotImplementedError(`${name} is not supported; write ${lower}`);
  if (!systemOptions.some(one => one === name))
    throw new BadODataError(
      `There is no option ${name}; available: ${systemOptions.join(', ')}`,
    );
  if (system.has(name))
    throw new BadODataError(`${name} is repeated; send it once`);
  system.set(name, value);
}

function readOrder(
  text: string,
  aliases: ReadonlyMap<string, string>,
): QueryOptions['orderBy'] {
  const items = splitAtCommas(text);
  if (items.length > maxKeys)
    throw new BadODataError(
      `$orderby has ${items.length} keys; use at most ${maxKeys}`,
    );
  return items.map(item => {
    const [, key, direction = 'asc'] =
      /^(.*?)(?:\s+(asc|desc))?$/s.exec(item.trim()) ?? [];
    return {
      expression: parseExpression(key, { option: '$orderby', aliases }),
      isDescending: direction === 'desc',
    };
  });
}

/** Splits at commas outside of texts and parentheses. */
function splitAtCommas(text: string): string[] {
  const items = [''];
  let depth = 0;
  let isInText = false;
  for (const character of text) {
    if (character === "'") isInText = !isInText;
    else if (!isInText && character === '(') depth += 1;
    else if (!isInText && character === ')') depth -= 1;
    if (character === ',' && depth === 0 && !isInText) items.push('');
    else items[items.length - 1] += character;
  }
  return items;
}

function readSelect(text: string): string[] {
  const names = text.split(',').map(name => name.trim());
  if (names.includes(''))
    throw new BadODataError('$select must be names separated by commas');
  return [...new Set(names)];
}

function readCount(
  system: ReadonlyMap<string, string>,
  name: '$top' | '$skip',
): number | undefined {
  const text = system.get(name);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw new BadODataError(
      `${name} must be a whole number of at least 0, got ${JSON.stringify(
        text.slice(0, 40),
      )}`,
    );
  // More rows than any table has are all rows.
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

function readBoolean(
  system: ReadonlyMap<string, string>,
  name: '$count',
): boolean {
  const text = system.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false')
    throw new BadODataError(`${name} must be true or false`);
  return text === 'true';
}
