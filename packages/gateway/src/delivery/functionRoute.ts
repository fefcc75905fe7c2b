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
  requireOffered,
  splitSuffix,
  spreadsheetOptions,
  streamWriters,
  type ResultWriter,
} from '../formats';
import { findGrant, readQuery } from '../login';
import { readParameters, withPresets } from '../parameters';
import { countBytes, trackRead } from '../reads';
import { admit, type FunctionRequest } from './admit';
import { callFunction } from './callFunction';
import type { Calls } from './Calls';
import { deliverEvents, eventStream, type Streaming } from './deliverEvents';
import { deliverFile } from './deliverFile';
import { codeOf } from './findServed';
import { disconnectStalled } from './disconnectStalled';
import { freshnessOf } from './freshnessOf';
import { goneOf } from './goneOf';

interface Delivery extends Calls {
  streaming: Streaming;
  /** File that the address names with its suffix; absent if the `Accept` header decides. */
  file?: { format: MediaType; name: string };
}

/**
 * `GET /v1/<tenant>/<environment>/<app>/<function>`: the result in the format of the suffix or
 * the `Accept` header.
 */
export function addFunctionRoute(
  server: FastifyInstance,
  calls: Calls,
  streaming: Streaming,
): void {
  const url = '/v1/:tenant/:environment/:app/:fn';
  server.addHook('preClose', async () => streaming.push.stop());
  server.get(url, (request: FunctionRequest, reply) => {
    // From here on, the request is about the function, whatever the format.
    const fileName = request.params.fn;
    const { fn, format } = splitKnownSuffix(request, calls);
    request.params.fn = fn;
    return deliver(request, reply, {
      ...calls,
      file: format && { format, name: fileName },
      streaming,
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

/** A wrong login is reported before a wrong suffix. */
function splitKnownSuffix(request: FunctionRequest, { directory }: Calls) {
  try {
    return splitSuffix(request.params.fn);
  } catch (error) {
    findGrant(request, request.params, directory);
    throw error;
  }
}

async function deliver(
  request: FunctionRequest,
  reply: FastifyReply,
  delivery: Delivery,
): Promise<FastifyReply> {
  const { admitted, directory, quota, streaming } = delivery;
  const { file, usage } = delivery;
  const { fn, grant, served } = admit(request, directory);
  admitted.add(request);
  const code = codeOf(served);
  const read = trackRead(request, reply, { grant, code }, delivery);
  const offers = formatsOf(fn.result, served.app.spec.delivery);
  if (file) requireOffered({ fn: fn.name, format: file.format }, offers);
  const accept = streaming.upgrades.isPending(request)
    ? eventStream
    : file?.format ?? request.headers.accept;
  const format = negotiateFormat(accept, offers);
  if (format === eventStream) {
    const stream = { calls: delivery, fn, grant, read, served };
    return deliverEvents(request, reply, streaming, stream);
  }
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
  const call = {
    ...request.params,
    parameters,
    id,
    accept: writer.accept,
    signal: gone,
  };
  reply.header(
    'vary',
    'accept, authorization, prefer, sec-fetch-mode, user-agent',
  );
  const { applied, ...options } = spreadsheetOptions(request.headers);
  const answer = await callFunction(
    delivery,
    call,
    { grant, served },
    writer.mode,
  );
  usage.record(grant);
  const body = await writer.write(answer, {
    fn,
    ...options,
    onRows: read.addRows,
    app,
  });
  return reply
    .type(writer.contentType)
    .headers({
      ...writer.headers,
      ...freshnessOf(answer),
      ...(applied &&
        writer.isForSpreadsheets && { 'preference-applied': applied }),
      ...disposition,
    })
    .send(
      Readable.from(disconnectStalled(countBytes(body, read), reply), {
        objectMode: false,
      }),
    );
}
