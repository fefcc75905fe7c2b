import {
  joinSentences,
  paragraphsOf,
  describeType,
  formatTitle,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Schema = Record<string, any>;

/** A parameter or a column. */
export interface ApiField {
  name: string;
  /** Description, default and unit; empty when there is none. */
  meaning: string;
  /** Type in words, such as "list of text". */
  type: string;
}

/** One operation of an API. */
export interface ApiOperation {
  /** Method and path, such as "GET /prices". */
  name: string;
  /** Name of the function; fragments of addresses name it. */
  fn: string;
  /** Paragraphs. */
  description: string[];
  parameters: ApiField[];
  /** Columns of the table, or the one value; empty for other results. */
  columns: ApiField[];
  /** Names of the formats of the result. */
  formats: string[];
  /** Status codes with their meaning, in ascending order. */
  responses: [status: string, meaning: string][];
}

/** Parts of an OpenAPI document that the reference shows. */
export interface ApiDocument {
  /** Base of all paths; absent without a gateway. */
  server?: string;
  version: string;
  /** Sign-in method, in one sentence; absent for open APIs. */
  signIn?: string;
  operations: ApiOperation[];
}

function fieldOf(name: string, schema: Schema, isRequired = false): ApiField {
  const { default: proposed, description = '' } = schema;
  const words = Array.isArray(proposed) ? proposed.join(', ') : proposed;
  const hasDefault = (proposed ?? undefined) !== undefined;
  return {
    name,
    meaning: joinSentences(
      description,
      isRequired && 'Required.',
      hasDefault && `Default: ${words}.`,
    ),
    type: describeType(schema),
  };
}

function columnsOf(result: Schema = {}): ApiField[] {
  const { rows, value } = result.properties ?? {};
  const columns: Record<string, Schema> =
    rows?.items?.properties ?? (value ? { value } : {});
  return Object.entries(columns).map(([name, schema]) => fieldOf(name, schema));
}

function operationOf(
  method: string,
  path: string,
  operation: Schema,
  named: Record<string, Schema>,
): ApiOperation {
  const {
    description,
    parameters = [],
    responses = {},
    summary = '',
  } = operation;
  const content: Record<string, Schema> = responses[200]?.content ?? {};
  const meaningOf = ({ $ref = '', description: meaning }: Schema): string =>
    meaning ?? named[$ref.split('/').at(-1)]?.description ?? '';
  return {
    name: `${method.toUpperCase()} ${path}`,
    fn: path.slice(1),
    description: paragraphsOf(description ?? summary),
    parameters: parameters.map((parameter: Schema) =>
      fieldOf(
        parameter.name,
        { ...parameter.schema, description: parameter.description },
        parameter.required,
      ),
    ),
    columns: columnsOf(content['application/json']?.schema),
    formats: Object.keys(content).map(formatTitle),
    responses: Object.entries<Schema>(responses)
      .map(([status, response]): [string, string] => [
        status,
        meaningOf(response),
      ])
      .sort(([one], [other]) => one.localeCompare(other)),
  };
}

/**
 * Reads an OpenAPI 3.1 document as the catalog has it of apps.
 *
 * @throws SyntaxError for text that is no JSON
 */
export function readOpenApi(definition: string): ApiDocument {
  const {
    components = {},
    info = {},
    paths = {},
    servers = [],
  } = JSON.parse(definition) as Schema;
  const [security] = Object.values<Schema>(components.securitySchemes ?? {});
  return {
    server: servers[0]?.url,
    version: info.version ?? '',
    signIn: security?.description,
    operations: Object.entries<Schema>(paths).flatMap(([path, methods]) =>
      Object.entries<Schema>(methods).map(([method, operation]) =>
        operationOf(method, path, operation, components.responses ?? {}),
      ),
    ),
  };
}
