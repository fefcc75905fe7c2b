import {
  coreKinds,
  resourcePath,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { endOnStop } from '../live';

const lastLines = '500';

/** Sends the last lines of a pod's log, and the following ones when the query asks `follow=true`. */
export async function streamLog(
  request: Request,
  response: Response,
  client: KubeClient,
): Promise<void> {
  const { tenant, environment, pod } = request.params;
  const namespace = environmentNamespace(tenant, environment);
  endOnStop(response);
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  const { body } = await client.stream({
    method: 'GET',
    path: resourcePath(coreKinds.pods, {
      namespace,
      name: pod,
      subresource: 'log',
    }),
    query: { tailLines: lastLines, follow: request.query.follow === 'true' },
    signal: closed.signal,
  });
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
  });
  await pipeline(body, response).catch(error => {
    if (!closed.signal.aborted) throw error;
  });
}
