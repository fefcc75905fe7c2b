import { randomUUID } from 'node:crypto';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerErrors } from '../answerErrors';
import {
  admit,
  callFunction,
  codeOf,
  findServed,
  goneOf,
  openedBy,
  type Calls,
  type FunctionRequest,
} from '../delivery';
import {
  InvalidParameterError,
  InvalidResultError,
  NotFoundError,
} from '../errors';
import { readValue } from '../formats';
import { parseExact, stringifyExact } from '../json';
import {
  authenticateToken,
  authorizeGrant,
  targetOf,
  type LoginThrottle,
} from '../login';
import { readParameters, withPresets } from '../parameters';
import { trackRead } from '../reads';
import { readArguments, rowCount, type TabpyData } from './readArguments';
import { readScript } from './readScript';

/** Options of the routes for Tableau. */
export interface TabpyOptions {
  calls: Calls;
  throttle: LoginThrottle;
}

interface Body {
  data?: unknown;
  script?: unknown;
}

/** Maximum size of a request and of a value in bytes; both can be columns of a view. */
const maxBytes = 16 * 2 ** 20;
/** Version of the interface, not of the functions. */
const version = '1';

/**
 * `/info`, `/status`, `/endpoints`, `/query/<function>` and `/evaluate`: the analytics extension of Tableau, version 1
 * (https://tableau.github.io/analytics-extensions-api/docs/ae_api_ref.html). Tableau knows only a host, so the functions
 * are those of the token's app. Scripts are not executed; they name functions.
 */
export async function addTabpyRoutes(
  server: FastifyInstance,
  { calls, throttle }: TabpyOptions,
): Promise<void> {
  answerErrors(server, throttle, (id, type, message, fields) => ({
    message,
    info: { type, id, ...fields },
  }));
  server.get('/info', async () => ({
    description: 'Published functions of Bailiwick',
    creation_time: '0',
    state_path: '',
    server_version: version,
    name: 'Bailiwick',
    versions: {
      v1: {
        features: {
          authentication: { required: true, methods: { 'basic-auth': {} } },
          evaluate_enabled: true,
          gzip_enabled: false,
          arrow_enabled: false,
        },
      },
    },
  }));
  server.get('/status', async request =>
    Object.fromEntries(
      functionsOf(request, calls).map(({ name }) => [
        name,
        {
          version: 1,
          type: 'model',
          status: 'LoadSuccessful',
          last_error: null,
        },
      ]),
    ),
  );
  server.get('/endpoints', async request =>
    Object.fromEntries(
      functionsOf(request, calls).map(fn => [fn.name, describe(fn)]),
    ),
  );
  server.get<{ Params: { fn: string } }>('/endpoints/:fn', async request => {
    const { fn: name } = request.params;
    const fn = functionsOf(request, calls).find(one => one.name === name);
    if (fn) return { [name]: describe(fn) };
    throw new NotFoundError(`Function ${name} was not found`);
  });
  server.post<{ Params: { fn: string }; Body: Body }>(
    '/query/:fn',
    { bodyLimit: maxBytes },
    async (request, reply) => {
      const { fn } = request.params;
      const { data = {} } = request.body ?? {};
      const { value } = await call(request, reply, calls, { data, fn });
      const answer = { response: value, version: 1, model: fn };
      return send(reply, { ...answer, uuid: randomUUID() });
    },
  );
  server.post<{ Body: Body }>(
    '/evaluate',
    { bodyLimit: maxBytes },
    async (request, reply) => {
      const { data = {}, script } = request.body ?? {};
      // A wrong login is reported first.
      functionsOf(request, calls);
      const { fn, query } = readScript(script);
      const { rows, value } = await call(request, reply, calls, {
        data,
        fn,
        query,
      });
      return send(reply, column(fn, value, rows));
    },
  );
}

/** Returns the functions that the token of a request opens. */
function functionsOf(
  request: FastifyRequest,
  { directory }: Calls,
): ContractFunction[] {
  const grant = authenticateToken(request, directory);
  const target = targetOf(grant);
  authorizeGrant(grant, target, directory);
  const { contract } = findServed(directory, target);
  return openedBy(grant, contract, directory, target).functions.filter(
    ({ result }) => result.kind === 'value',
  );
}

function describe({ description, name, parameters, title }: ContractFunction) {
  return {
    description: description ?? title ?? name,
    docstring: description ?? '',
    schema: parameters,
    type: 'model',
    version: 1,
    dependencies: [],
    target: null,
  };
}

interface Call {
  data: unknown;
  fn: string;
  query?: URLSearchParams;
}

async function call(
  request: FastifyRequest,
  reply: FastifyReply,
  calls: Calls,
  { data, fn: name, query }: Call,
): Promise<{ rows: number; value: unknown }> {
  const { admitted, directory, quota, usage } = calls;
  const target = {
    ...targetOf(authenticateToken(request, directory)),
    fn: name,
  };
  const asking = request as FunctionRequest;
  asking.params = target;
  const { fn, grant, served } = admit(asking, directory);
  if (fn.result.kind !== 'value')
    throw new InvalidParameterError(
      `${name} returns a table; connect to it with OData or Web data, and use functions with a single value here`,
    );
  admitted.add(request);
  const read = trackRead(asking, reply, { grant, code: codeOf(served) }, calls);
  read.format = 'TabPy';
  requireData(data);
  const { presets } = grant.spec;
  const fixed = query ? readParameters(query, fn) : {};
  const known = Object.keys({ ...fixed, ...presets });
  const parameters = withPresets(
    { ...readArguments(data, fn, known), ...fixed },
    presets,
  );
  await quota.take(served.app, target, grant);
  const { body } = await callFunction(
    calls,
    { ...target, parameters, id: request.id, signal: goneOf(reply) },
    { grant, served },
    'call',
  );
  usage.record(grant);
  const { value } = parseExact(await readValue(body, fn, maxBytes)) as {
    value: unknown;
  };
  read.addRows(Array.isArray(value) ? value.length : 1);
  return { rows: rowCount(data), value };
}

function requireData(data: unknown): asserts data is TabpyData {
  if (typeof data === 'object' && data !== null) return;
  throw new InvalidParameterError(
    'The member data must be an object with the arguments by name, or a list of them',
  );
}

/**
 * Returns a column for a calculation: a value for each row that was sent, or one for all of them.
 *
 * @throws InvalidResultError for another number of values
 */
function column(fn: string, value: unknown, rows: number): unknown[] {
  const values = [value].flat();
  if (values.length === 1 || values.length === rows) return values;
  throw new InvalidResultError(
    `${fn} returned ${values.length} values for ${rows} rows; a calculation of Tableau needs one value, or one for each row`,
  );
}

/** Sends JSON with every digit. */
function send(reply: FastifyReply, value: unknown): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .send(stringifyExact(value));
}
