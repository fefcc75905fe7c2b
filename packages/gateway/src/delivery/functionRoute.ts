import { Readable } from 'node:stream';
import {
  formatsOf,
  type MediaType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MethodNotAllowedError } from '../errors';
import { isFileType } from '../files';
import {
  negotiateFormat,
  OpenStreams,
  splitSuffix,
  spreadsheetOptions,
  streamWriters,
  type ResultWriter,
} from '../formats';
import { readQuery } from '../login';
import { readParameters, withPresets } from '../parameters';
import { countBytes, trackRead } from '../reads';
import { admit, recheckStream, type FunctionRequest } from './admit';
import { callFunction } from './callFunction';
import type { Calls } from './Calls';
import { deliverFile } from './deliverFile';
import { goneOf } from './goneOf';

interface Delivery extends Calls {
  streams: OpenStreams;
  /** File that the address names with its suffix; absent if the `Accept` header decides. */
  file?: { format: MediaType; name: string };
}

/**
 * `GET /v1/<tenant>/<environment>/<app>/<function>`: the result in the format of the suffix or
 * the `Accept` header.
 */
export function addFunctionRoute(server: FastifyInstance, calls: Calls): void {
  const url = '/v1/:tenant/:environment/:app/:fn';
  const streams = new OpenStreams();
  server.addHook('preClose', async () => streams.stop());
  server.get(url, (request: FunctionRequest, reply) => {
    // From here on, the request is about the function, whatever the format.
    const fileName = request.params.fn;
    const { fn, format } = splitSuffix(fileName);
    request.params.fn = fn;
    return deliver(request, reply, {
      ...calls,
      file: format && { format, name: fileName },
      streams,
    });
  });
  // Refused before any body is read.
  const refuse = async ({ method }: FastifyRequest) => {
    throw new MethodNotAllowedError(method, ['GET']);
  };
  server.route({
    method: ['HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url,
    onRequest: refuse,
    handler: refuse,
  });
}

async function deliver(
  request: FunctionRequest,
  reply: FastifyReply,
  delivery: Delivery,
): Promise<FastifyReply> {
  const { admitted, directory, history, quota, reads, streams } = delivery;
  const { file, upstream, usage } = delivery;
  const { fn, grant, served } = admit(request, directory);
  admitted.add(request);
  const { release, revision } = served.environment;
  const code = release ?? revision;
  const read = trackRead(request, reply, { grant, code }, reads);
  const offers = formatsOf(fn.result, served.app.spec.delivery);
  const accept = file?.format ?? request.headers.accept;
  const format = negotiateFormat(accept, offers);
  const asked = readParameters(readQuery(request.url), fn);
  const parameters = withPresets(asked, grant.spec.presets);
  await quota.take(served.app, request.params, grant);

  const gone = goneOf(reply);
  const { app } = request.params;
  const { id } = request;
  const disposition = file && {
    'content-disposition': `attachment; filename="${file.name}"`,
  };
  if (isFileType(format)) {
    read.format = format;
    reply.header('vary', 'accept, authorization').headers({ ...disposition });
    return deliverFile(request, reply, {
      calls: delivery,
      fn,
      format,
      gone,
      grant,
      asked,
      parameters,
      read,
      served,
    });
  }
  const writer: ResultWriter = streamWriters[format];
  read.format = writer.contentType;
  const lastEventId =
    writer.mode === 'stream' ? lastEventIdOf(request) : undefined;
  const { accept: wanted } = writer;
  const call = {
    ...request.params,
    parameters,
    id,
    lastEventId,
    accept: wanted,
    signal: gone,
  };
  reply.header(
    'vary',
    'accept, authorization, prefer, sec-fetch-mode, user-agent',
  );
  const { applied, ...options } = spreadsheetOptions(request.headers);
  const answer = await callFunction(upstream, call, served, writer.mode);
  usage.record(grant);
  if (writer.mode === 'stream') {
    // A stream counts when it starts; its duration is no latency.
    admitted.delete(request);
    history.record(request.params, { isError: false });
  }
  if (answer.status === 204) {
    // the reader has the whole stream; this is how browsers learn not to connect again
    await answer.body.text();
    return reply.code(204).send();
  }
  const body = await writer.write(answer, {
    fn,
    ...options,
    onRows: count => {
      read.rows = (read.rows ?? 0) + count;
    },
    app,
    id,
    lastEventId,
    streams,
    gone,
    check: () => recheckStream(request, directory, grant),
    breakOff: () => reply.raw.writableFinished || reply.raw.destroy(),
    onEnd: rows => {
      read.rows = rows;
      usage.recordRows(grant, rows);
    },
  });
  return reply
    .type(writer.contentType)
    .headers({
      ...writer.headers,
      ...(applied &&
        writer.isForSpreadsheets && { 'preference-applied': applied }),
      ...disposition,
    })
    .send(Readable.from(countBytes(body, read), { objectMode: false }));
}

/** The number of the last row that a reader has; anything else that it sends is left out. */
function lastEventIdOf({ headers }: FastifyRequest): string | undefined {
  const id = String(headers['last-event-id'] ?? '');
  return /^\d{1,15}$/.test(id) ? id : undefined;
}
