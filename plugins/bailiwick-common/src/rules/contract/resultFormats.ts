import { joinSentences } from '../format/sentences';
import type { App, ContractColumn, ContractFunction } from '../../kinds';

type JsonObject = Record<string, unknown>;
type Result = ContractFunction['result'];

/** Media type of a result. @public */
export type MediaType = keyof typeof resultFormats;

interface ResultFormat {
  /** Name for people. */
  title: string;
  /** Suffix of addresses and files; absent for streams. */
  suffix?: string;
  /** Whether pages offer a file in this format. */
  isDownload?: boolean;
  /** Whether a result is available in this format, according to the app's delivery. */
  isOffered(
    result: Result,
    delivery: Pick<App['spec']['delivery'], 'csv'>,
  ): boolean;
  /** Media type object of OpenAPI. */
  describe(result: Result): JsonObject;
}

const binary = { schema: { type: 'string', format: 'binary' } };

const events =
  'id: 5c1e09a7b2-1\ndata: {…}\n\nid: 5c1e09a7b2-2\ndata: {…}\n\nevent: end\ndata: {"reason":"complete","rows":2}\n\n';

/**
 * Whether a result is a table that a database can hold: databases do not distinguish columns by upper and lower case.
 *
 * @public
 */
export function isRelational({ columns = [], kind }: Result): boolean {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  return kind === 'table' && names.size > 0 && names.size === columns.length;
}

/** Formats of results by media type, best first; `streamWriters` and `fileWriters` of the gateway implement them. */
export const resultFormats = {
  'application/json': {
    title: 'JSON',
    suffix: 'json',
    isOffered: () => true,
    describe: result => ({ schema: resultSchema(result) }),
  },
  'application/x-ndjson': {
    title: 'JSON Lines',
    suffix: 'jsonl',
    isOffered: ({ kind }) => kind !== 'value',
    describe: result => ({ schema: rowSchema(result.columns ?? []) }),
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    title: 'Excel',
    suffix: 'xlsx',
    isDownload: true,
    isOffered: (result, { csv }) => isRelational(result) && csv,
    describe: () => binary,
  },
  'text/csv': {
    title: 'CSV',
    suffix: 'csv',
    isDownload: true,
    isOffered: ({ kind }, { csv }) => kind !== 'value' && csv,
    describe: () => ({ schema: { type: 'string' } }),
  },
  'application/vnd.apache.arrow.stream': {
    title: 'Arrow',
    suffix: 'arrow',
    isOffered: ({ kind }) => kind === 'table',
    describe: () => binary,
  },
  'application/vnd.apache.parquet': {
    title: 'Parquet',
    suffix: 'parquet',
    isDownload: true,
    isOffered: result => isRelational(result),
    describe: () => binary,
  },
  'text/event-stream': {
    title: 'server-sent events',
    isOffered: ({ kind }) => kind === 'stream',
    describe: () => ({ schema: { type: 'string' }, example: events }),
  },
} satisfies Record<string, ResultFormat>;

/** Returns the formats of a result of an app, best first. @public */
export function formatsOf(
  result: Result,
  delivery: Pick<App['spec']['delivery'], 'csv'>,
): MediaType[] {
  const formats = Object.entries<ResultFormat>(resultFormats);
  return formats
    .filter(([, format]) => format.isOffered(result, delivery))
    .map(([mediaType]) => mediaType as MediaType);
}

/** A format of a file. */
export interface FileFormat {
  title: string;
  suffix: string;
  isDownload: boolean;
}

/** Returns the files in which a result of an app is available, best first. @public */
export function fileFormatsOf(
  result: Result,
  delivery: Pick<App['spec']['delivery'], 'csv'>,
): FileFormat[] {
  return formatsOf(result, delivery).flatMap(mediaType => {
    const format: ResultFormat = resultFormats[mediaType];
    const { isDownload = false, suffix, title } = format;
    return suffix ? [{ isDownload, suffix, title }] : [];
  });
}

/** Formats by the suffix of an address. @public */
export const formatsBySuffix: ReadonlyMap<string, MediaType> = new Map(
  Object.entries<ResultFormat>(resultFormats).flatMap(
    ([mediaType, { suffix }]) =>
      suffix ? [[suffix, mediaType as MediaType] as const] : [],
  ),
);

/** Returns the name of a format for people; a media type that is not a format is its own name. @public */
export function formatTitle(mediaType: string): string {
  const [type] = mediaType.split(';');
  const formats: Partial<Record<string, ResultFormat>> = resultFormats;
  return formats[type.trim()]?.title ?? mediaType;
}

/** Returns the JSON Schema of a result as JSON. @public */
export function resultSchema(result: Result): JsonObject {
  return result.kind === 'value'
    ? valueSchema(result.schema ?? {})
    : tableSchema(result.columns ?? []);
}

function valueSchema(value: JsonObject): JsonObject {
  return { type: 'object', required: ['value'], properties: { value } };
}

function tableSchema(columns: ContractColumn[]): JsonObject {
  return {
    type: 'object',
    required: ['rows', 'count'],
    properties: {
      rows: { type: 'array', items: rowSchema(columns) },
      count: { type: 'integer', minimum: 0 },
    },
  };
}

function rowSchema(columns: ContractColumn[]): JsonObject {
  return {
    type: 'object',
    required: columns.map(({ name }) => name),
    properties: Object.fromEntries(
      columns.map(column => [column.name, cellSchema(column)]),
    ),
  };
}

function cellSchema(column: ContractColumn): JsonObject {
  const {
    description,
    edm,
    excel,
    nullable,
    schema = {},
    title,
    unit,
  } = column;
  const said = joinSentences(description, unit && `Unit: ${unit}.`);
  return {
    ...(nullable ? { anyOf: [schema, { type: 'null' }] } : schema),
    ...(title && { title }),
    ...(said && { description: said }),
    ...((edm || excel) && {
      'x-bailiwick': {
        // The word and its unit are here already.
        ...(schema['x-bailiwick'] as JsonObject | undefined),
        ...(edm && { edm }),
        ...(excel && { excel }),
      },
    }),
  };
}
