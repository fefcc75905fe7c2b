import {
  ProtocolError,
  ProtocolErrorCode,
  type CallToolResult,
} from '@modelcontextprotocol/server';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatsOf,
  parameterSchemas,
  toQuery,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FastifyReply } from 'fastify';
import {
  callFunction,
  openedBy,
  type Admitted,
  type Calls,
  type FunctionRequest,
} from '../delivery';
import { GatewayError } from '../errors';
import { readRowArrays, readValue } from '../formats';
import { parseExact, stringifyExact } from '../json';
import { requireKnown, withPresets } from '../parameters';
import { trackRead } from '../reads';
import { maxBytes, maxRows } from './limits';

type Arguments = Record<string, unknown>;

/** A call of a tool, which was admitted. */
interface ToolCall extends Admitted {
  request: FunctionRequest;
  reply: FastifyReply;
  calls: Calls;
  gone: AbortSignal;
  /** Address of the functions of the app, without a slash at the end. */
  address: string;
}

/**
 * Calls a function for an agent. Its own failures, and those that other arguments avoid, are results of the tool, so that
 * the model sees them.
 *
 * @throws ProtocolError when the call itself is wrong
 */
export async function callTool(
  call: ToolCall,
  given: Arguments,
): Promise<CallToolResult> {
  const { calls, fn, grant, reply, request, served } = call;
  // As they were admitted: whoever changes the request's later does not change what is called.
  const { id, params } = request;
  const target = { ...params, fn: fn.name };
  calls.admitted.add(request);
  const { release, revision } = served.environment;
  const code = release ?? revision;
  const read = trackRead(request, reply, { grant, code }, calls);
  read.format = 'MCP';
  try {
    requireKnown(fn.name, Object.keys(given), openParameters(call));
    const parameters = withPresets(given, grant.spec.presets);
    await calls.quota.take(served.app, target, grant);
    const { body } = await callFunction(
      calls,
      { ...target, parameters, id, signal: call.gone },
      { grant, served },
      'call',
    );
    calls.usage.record(grant);
    const { content, rows, structured } =
      fn.result.kind === 'value'
        ? await readOneValue(body, fn)
        : await readSomeRows(body, fn);
    read.addRows(rows);
    read.bytes = Buffer.byteLength(content);
    // A stream has no complete result to link to.
    const hasMore =
      fn.result.kind === 'table' &&
      'isTruncated' in structured &&
      structured.isTruncated;
    return {
      content: [
        { type: 'text', text: content },
        ...(hasMore ? [linkToAll(call, given)] : []),
      ],
      structuredContent: structured,
    };
  } catch (error) {
    // The response has the status 200, whatever the result.
    read.status = error instanceof GatewayError ? error.status : 500;
    if (error instanceof GatewayError) reply.failure = error;
    if (calls.admitted.delete(request))
      calls.history.record(target, {
        isError: true,
        seconds: reply.elapsedTime / 1_000,
      });
    if (!(error instanceof GatewayError)) {
      request.log.error({ err: error }, 'A request failed');
      throw new ProtocolError(
        ProtocolErrorCode.InternalError,
        'The gateway had an internal error; retry, and contact the platform team if it persists',
      );
    }
    const { message, retryAfter } = error;
    const wait = retryAfter ? ` (retry after ${retryAfter} s)` : '';
    return {
      isError: true,
      content: [{ type: 'text', text: `${message}${wait}` }],
    };
  }
}

/** Returns the parameters of a tool that the grant does not fix. */
function openParameters({
  calls,
  fn,
  grant,
  request: { params },
  served,
}: ToolCall): string[] {
  const { functions } = openedBy(
    grant,
    served.contract,
    calls.directory,
    params,
  );
  const { parameters } = functions.find(({ name }) => name === fn.name) ?? fn;
  return parameterSchemas(parameters).map(([name]) => name);
}

interface ToolOutput {
  /** The result as JSON, with every digit. */
  content: string;
  rows: number;
  structured: Record<string, unknown>;
}

/** Reads a table to its end, and keeps the first rows; a call of a stream returns those of its first seconds. */
async function readSomeRows(
  body: AsyncIterable<Uint8Array>,
  fn: ContractFunction,
): Promise<ToolOutput> {
  const rows: unknown[] = [];
  let [bytes, total] = [0, 0];
  for await (const json of readRowArrays(body, fn)) {
    const part = parseExact(json) as unknown[];
    for (const row of part) {
      total += 1;
      // Whether a row was left out, so that rows stay in order.
      const isFull = rows.length < total - 1;
      if (isFull || rows.length === maxRows) continue;
      bytes += Buffer.byteLength(stringifyExact(row));
      if (bytes <= maxBytes) rows.push(row);
    }
  }
  const isStream = fn.result.kind === 'stream';
  const result = { rows, total, isTruncated: isStream || rows.length < total };
  return {
    content: stringifyExact(result),
    rows: rows.length,
    structured: withoutBigints(result),
  };
}

/** Reads a single value, which must fit into the context of a model. */
async function readOneValue(
  body: AsyncIterable<Uint8Array>,
  fn: ContractFunction,
): Promise<ToolOutput> {
  const content = await readValue(body, fn, maxBytes);
  const structured = withoutBigints(parseExact(content) as object);
  return { content, rows: 1, structured };
}

function withoutBigints(value: object): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(value, (_, part) =>
      typeof part === 'bigint' ? String(part) : part,
    ),
  );
}

/** Links to all rows as a file. */
function linkToAll(
  { address, fn, served }: ToolCall,
  given: Arguments,
): CallToolResult['content'][number] {
  const hasCsv = formatsOf(fn.result, served.app.spec.delivery).includes(
    'text/csv',
  );
  const name = `${fn.name}.${hasCsv ? 'csv' : 'jsonl'}`;
  return {
    type: 'resource_link',
    uri: `${address}/${name}${toQuery(given)}`,
    name,
    description: 'All rows; the address needs the same token.',
    mimeType: hasCsv ? 'text/csv' : 'application/x-ndjson',
  };
}
