import type { Tool } from '@modelcontextprotocol/server';
import type {
  ContractColumn,
  ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { resultSchema } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { maxRows } from './limits';
import type { Offer } from './offers';

type JsonObject = Record<string, unknown>;

/** Describes a function as a tool (https://modelcontextprotocol.io/specification, "Tools"). */
export function describeTool({ fn, name, title }: Offer): Tool {
  return {
    name,
    title,
    description: descriptionOf(fn),
    inputSchema: { ...fn.parameters, type: 'object' },
    outputSchema: outputSchema(fn),
    annotations: {
      title,
      readOnlyHint: true,
      destructiveHint: false,
      openWorldHint: false,
    },
  };
}

/** Describes what a function returns, with its columns. */
export function descriptionOf({
  description,
  result,
  title,
}: ContractFunction) {
  const columns = (result.columns ?? []).map(termOf);
  return [
    description ?? title,
    columns.length > 0 &&
      `${
        result.kind === 'stream'
          ? 'Returns the next rows of a stream, which come within seconds'
          : `Returns at most ${maxRows} rows and their total`
      }, with the columns:\n${columns.join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Describes a column in the terms of the vocabulary. */
function termOf({
  description,
  name,
  nullable,
  title,
  type,
  unit,
}: ContractColumn): string {
  const meaning = description ?? title;
  return [
    `- ${name}: ${type}`,
    unit && ` in ${unit}`,
    nullable && ', can be empty',
    meaning && ` (${meaning})`,
  ]
    .filter(Boolean)
    .join('');
}

function outputSchema({ result }: ContractFunction): Tool['outputSchema'] {
  const schema = withLargeIntegers(resultSchema(result)) as JsonObject;
  const { properties } = schema as { properties: JsonObject };
  if (result.kind === 'value')
    return { type: 'object', properties, required: ['value'] };
  return {
    type: 'object',
    properties: {
      rows: properties.rows,
      total: {
        type: 'integer',
        description:
          result.kind === 'stream'
            ? 'Number of rows so far.'
            : 'Number of all rows.',
      },
      isTruncated: {
        type: 'boolean',
        description:
          result.kind === 'stream'
            ? 'Always true: the stream may have more rows.'
            : 'Whether there are more rows.',
      },
    } as Record<string, object>,
    required: ['rows', 'total', 'isTruncated'],
  };
}

/** Integers that JavaScript cannot hold exactly are texts, so that no digit is lost. */
function withLargeIntegers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withLargeIntegers);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === 'type' && value === 'integer'
        ? [key, ['integer', 'string']]
        : [key, withLargeIntegers(value)],
    ),
  );
}
