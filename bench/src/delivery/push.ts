import { setTimeout as sleep } from 'node:timers/promises';
import { percentile, rounded } from '../statistics';
import type { Server } from './Server';
import { StreamClient } from './StreamClient';

/** Addresses of a gateway in front of streams. */
export interface PushSaid {
  /** Address of the app, with a slash at the end. */
  root: string;
  /** Address of the functions themselves. */
  runtime: string;
  token: string;
}

/** Parts of a second in which a part of the cells changes. */
const parts = 20;

/**
 * Reads cells of which each changes once a second, half of the readers as server-sent events and half from a WebSocket.
 * Each reader loses its connection once and continues.
 */
export async function push(
  server: Server<PushSaid>,
  options: { readers: number; cells: number; seconds: number },
): Promise<object> {
  const { readers, cells, seconds } = options;
  const { root, runtime, token } = server.said;
  const url = `${root}spread?count=${cells}&parts=${parts}&access_token=${token}`;
  const before = await opened(runtime);
  const clients = Array.from(
    { length: readers },
    (_, number) => new StreamClient(url, number % 2 > 0 ? 'socket' : 'events'),
  );
  await Promise.all(clients.map(client => client.open()));
  // The first rounds warm up the processes.
  await sleep(seconds * 1_000);
  for (const client of clients) client.latencies.length = 0;
  const cpu = server.cpuSeconds;
  const started = performance.now();
  for (const client of clients) {
    await sleep((seconds * 2_000) / readers);
    await client.reconnect();
  }
  await sleep(seconds * 1_000);
  const passed = (performance.now() - started) / 1_000;
  const gatewayCores = (server.cpuSeconds - cpu) / passed;
  const calls = (await opened(runtime)) - before;
  const lost = await lostBy(clients);
  for (const client of clients) client.close();
  const latencies = clients.flatMap(client => client.latencies);
  return {
    pushReaders: readers,
    pushCells: cells,
    pushRows: latencies.length,
    pushP50Ms: rounded(percentile(latencies, 0.5)),
    pushP99Ms: rounded(percentile(latencies, 0.99)),
    pushLost: lost,
    pushUpstreams: calls,
    pushGatewayCores: rounded(gatewayCores),
    pushPeakMiB: rounded(server.peakMiB),
  };
}

/** Values that were left out within a connection, and cells whose newest value does not arrive within 10 s. */
async function lostBy(clients: StreamClient[]): Promise<number> {
  const newest = new Map<string, number>();
  for (const { values } of clients) {
    for (const [cell, value] of values)
      newest.set(cell, Math.max(value, newest.get(cell) ?? 0));
  }
  const missing = () =>
    clients.flatMap(({ values }) =>
      [...newest].filter(([cell, value]) => !(values.get(cell)! >= value)),
    ).length;
  const deadline = performance.now() + 10_000;
  while (missing() > 0 && performance.now() < deadline) await sleep(50);
  return clients.reduce((sum, { missed }) => sum + missed, missing());
}

async function opened(runtime: string): Promise<number> {
  const response = await fetch(`${runtime}call/opened`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return ((await response.json()) as { value: number }).value;
}
