import type { Contract, ContractFunction } from '../../kinds';
import { formatsOf, resultFormats } from './resultFormats';
import { parameterSchemas } from './parameterSchemas';

type JsonObject = Record<string, unknown>;

/** Data of an OpenAPI document in addition to the contract. @public */
export interface OpenApiOptions {
  title: string;
  description?: string;
  /** Version of the app: a release or a commit. */
  version: string;
  /** Base address of the functions, such as `https://…/v1/tenant/prod/app`; absent without a gateway. */
  server?: string;
  /** Whether tables are also served as CSV. */
  csv?: boolean;
}

/** An OpenAPI 3.1 document. @public */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; description?: string; version: string };
  servers: { url: string }[];
  security: JsonObject[];
  paths: Record<string, { get: JsonObject }>;
  components: {
    schemas: JsonObject;
    responses: JsonObject;
    securitySchemes: JsonObject;
  };
}

const failures: Record<string, [name: string, description: string]> = {
  400: ['InvalidParameter', 'A parameter is unknown or has an invalid value.'],
  401: ['NotLoggedIn', 'The token is missing, wrong, expired or revoked.'],
  403: ['NotAllowed', 'The token has no access to this function.'],
  404: ['NotFound', 'The function was not found.'],
  429: ['TooBusy', 'Too many calls; see Retry-After.'],
  502: ['AppUnreachable', 'The app returned an invalid response.'],
  503: ['AppNotRunning', 'The app is not running.'],
  504: ['AppTooSlow', 'The call timed out.'],
};

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['type', 'message'],
      properties: {
        type: { type: 'string', description: 'Stable error code.' },
        message: { type: 'string', description: 'Human-readable message.' },
      },
    },
  },
};

const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description:
    'Number of the last row received, to resume a stream after a reconnect.',
  schema: { type: 'string' },
};

/** Describes the HTTP interface of an app's functions as OpenAPI 3.1. @public */
export function contractToOpenApi(
  contract: Contract,
  { title, description, version, server, csv = true }: OpenApiOptions,
): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: { title, ...(description && { description }), version },
    servers: server ? [{ url: server }] : [],
    security: [{ token: [] }, { bearer: [] }],
    paths: Object.fromEntries(
      contract.functions.map(fn => [
        `/${fn.name}`,
        { get: operation(fn, csv) },
      ]),
    ),
    components: {
      schemas: { Error: errorSchema },
      responses: Object.fromEntries(
        Object.values(failures).map(([name, said]) => [name, failure(said)]),
      ),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'basic',
          description:
            'The password is an API token; the user name can be empty, otherwise it must be yours.',
        },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The API token as a bearer token (RFC 6750).',
        },
      },
    },
  };
}

function operation(fn: ContractFunction, csv: boolean): JsonObject {
  return {
    operationId: fn.name,
    summary: fn.title ?? fn.name,
    ...(fn.description && { description: fn.description }),
    parameters: [...parameters(fn), ...(isStream(fn) ? [lastEventId] : [])],
    responses: {
      200: {
        description: isStream(fn)
          ? 'The first rows of the stream, or the stream as server-sent events. Each row is an event with its number as id; the last event is end or error.'
          : 'The result.',
        content: content(fn, { csv }),
      },
      ...(isStream(fn) && {
        204: { description: 'The stream is complete; there are no more rows.' },
      }),
      ...Object.fromEntries(
        Object.entries(failures).map(([status, [name]]) => [
          status,
          { $ref: `#/components/responses/${name}` },
        ]),
      ),
    },
  };
}

function isStream({ result }: ContractFunction): boolean {
  return result.kind === 'stream';
}

function parameters({ parameters: schema }: ContractFunction): JsonObject[] {
  const { required = [] } = schema as { required?: string[] };
  return parameterSchemas(schema).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(typeof property.description === 'string' && {
      description: property.description,
    }),
    // arrays are repeated: ?symbols=AAPL&symbols=MSFT
    style: 'form',
    explode: true,
    schema: property,
  }));
}

function content(
  { result }: ContractFunction,
  delivery: { csv: boolean },
): JsonObject {
  return Object.fromEntries(
    formatsOf(result, delivery).map(mediaType => [
      mediaType,
      resultFormats[mediaType].describe(result),
    ]),
  );
}

function failure(description: string): JsonObject {
  const schema = { $ref: '#/components/schemas/Error' };
  return { description, content: { 'application/json': { schema } } };
}
