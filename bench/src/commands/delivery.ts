import { Collector } from '@bailiwick/backstage-testing/traces';
import { join } from 'node:path';
import {
  download,
  downloads,
  load,
  push,
  Server,
  type PushSaid,
} from '../delivery';
import { median, rounded } from '../statistics';
import { benchOptions } from './benchOptions';
import { inTurns } from './inTurns';

const root = join(import.meta.dirname, '../../..');
const gatewaySources = join(root, 'packages/gateway/src');
const columns = 10;
/** Concurrent clients of small calls. */
const clients = 8;

interface GatewaySaid {
  /** OData address of the app, with a slash at the end. */
  root: string;
  /** Address of the functions themselves. */
  runtime: string;
  token: string;
  /** Time of finding and checking the grant of a request, ms. */
  authOverheadMs: number;
}

/** `delivery`: measures how fast and with how much memory results reach their readers, beside bare servers. */
export async function delivery(args: string[]): Promise<object> {
  const options = benchOptions(args, {
    rows: 100_000,
    many: 1_000_000,
    seconds: 5,
    readers: 50,
    cells: 1_000,
  });
  const gateway = await startNode<GatewaySaid>('delivery/main.ts');
  const fastify = await startNode<{ root: string }>('delivery/bareFastify.ts');
  const fastApi = await startNode<{ root: string }>('delivery/bareFastApi.ts');
  const streams = await startNode<PushSaid>('delivery/push.ts');
  try {
    return {
      ...(await traces(gateway, options.seconds)),
      ...(await push(streams, options)),
      rows: options.rows,
      columns,
      ...(await formats(gateway, fastify.said.root, options.rows)),
      ...(await memory(gateway, options)),
      ...(await smallCalls(gateway, fastApi.said.root, options.seconds)),
    };
  } finally {
    const servers = [gateway, fastify, fastApi, streams];
    await Promise.all(servers.map(server => server.stop()));
  }
}

function headersOf({ said: { token } }: Server<GatewaySaid>) {
  const login = Buffer.from(`:${token}`).toString('base64');
  return { authorization: `Basic ${login}` };
}

function addressesOf({ said }: Server<GatewaySaid>) {
  return { odata: said.root, plain: said.root.replace('/odata/', '/') };
}

/** Rows per second of each format; OData, Excel and Parquet are read from a snapshot that exists. */
async function formats(
  gateway: Server<GatewaySaid>,
  bare: string,
  rows: number,
): Promise<object> {
  const headers = headersOf(gateway);
  const { odata, plain } = addressesOf(gateway);
  const query = `?count=${rows}`;
  const perSecond = async (url: string) =>
    Math.round(rows / (await downloads(url, headers)).seconds);
  const json = await perSecond(`${plain}table.json${query}`);
  const function_ = await downloadsOfFunction(gateway, rows);
  const arrow = await perSecond(`${plain}columns.arrow${query}`);
  const jsonOfArrow = await perSecond(`${plain}columns.json${query}`);
  const fastify = await perSecond(`${bare}table${query}`);
  const odataCold = await odataPages(`${odata}table${query}`, headers);
  const odataWarm = await odataPages(`${odata}table${query}`, headers);
  return {
    jsonRowsPerSecond: json,
    jsonLinesRowsPerSecond: await perSecond(`${plain}table.jsonl${query}`),
    csvRowsPerSecond: await perSecond(`${plain}table.csv${query}`),
    arrowRowsPerSecond: arrow,
    jsonOfArrowPerSecond: jsonOfArrow,
    arrowRatioToJson: rounded(arrow / jsonOfArrow),
    arrowRatioToJsonOfRows: rounded(arrow / json),
    arrowOfFramePerSecond: await perSecond(`${plain}frame.arrow${query}`),
    arrowOfRowsPerSecond: await perSecond(`${plain}table.arrow${query}`),
    jsonOfFramePerSecond: await perSecond(`${plain}frame.json${query}`),
    parquetRowsPerSecond: await perSecond(`${plain}table.parquet${query}`),
    excelRowsPerSecond: await perSecond(`${plain}table.xlsx${query}`),
    functionRowsPerSecond: function_,
    jsonRatioToFunction: rounded(json / function_),
    jsonRatioToFastify: rounded(json / fastify),
    odataSecondsWithCall: rounded(odataCold.seconds),
    odataRowsPerSecond: Math.round(rows / odataWarm.seconds),
    odataFirstByteMs: rounded(odataWarm.firstByteMs),
  };
}

/** Rows per second of the function itself, without the gateway. */
async function downloadsOfFunction(
  { said }: Server<GatewaySaid>,
  rows: number,
): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${said.runtime}call/table`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count: rows }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
  return Math.round((rows * 1_000) / (performance.now() - started));
}

/** Reads all pages. */
async function odataPages(url: string, headers: Record<string, string>) {
  const started = performance.now();
  const { firstByteMs } = await download(`${url}&$top=1`, headers);
  let next: string | undefined = url;
  while (next) {
    const response: Response = await fetch(next, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    // The link is at the end; parsing the rows would measure the client.
    const [, link] = /"@odata\.nextLink":("[^"]*")\}$/.exec(text) ?? [];
    next = link && JSON.parse(link);
  }
  return { firstByteMs, seconds: (performance.now() - started) / 1_000 };
}

/** Growth of the gateway's peak memory from many rows, and the time of a selective filter. */
async function memory(
  gateway: Server<GatewaySaid>,
  { many }: { many: number },
): Promise<object> {
  const headers = headersOf(gateway);
  const { odata, plain } = addressesOf(gateway);
  const before = gateway.peakMiB;
  await download(`${plain}table.csv?count=${many}`, headers);
  const csv = gateway.peakMiB;
  const filter = `${odata}table?count=${many}&$filter=${encodeURIComponent(
    `id eq ${Math.floor(many / 2)}`,
  )}`;
  const { seconds } = await downloads(filter, headers);
  const filtered = gateway.peakMiB;
  await download(`${plain}table.parquet?count=${many}`, headers);
  await download(`${plain}table.xlsx?count=${many}`, headers);
  return {
    many,
    peakMiB: rounded(before),
    rssGrowthMiB: {
      csv: rounded(csv - before),
      odata: rounded(filtered - before),
      files: rounded(gateway.peakMiB - before),
    },
    filterMs: rounded(seconds * 1_000),
  };
}

/** Small calls per second, beside those of FastAPI; both servers are warmed up first. */
async function smallCalls(
  gateway: Server<GatewaySaid>,
  bare: string,
  seconds: number,
): Promise<object> {
  const { plain } = addressesOf(gateway);
  const headers = headersOf(gateway);
  const warmUp = { clients, seconds: seconds / 2 };
  await load(`${plain}small`, headers, warmUp);
  await load(`${bare}small`, {}, warmUp);
  const { cpuSeconds } = gateway;
  const ours = await load(`${plain}small`, headers, { clients, seconds });
  const used = gateway.cpuSeconds - cpuSeconds;
  const twin = await load(`${bare}small`, {}, { clients, seconds });
  const one = { clients: 1, seconds };
  const withLogin = await load(`${plain}small`, headers, one);
  const without = await load(`${bare}small`, {}, one);
  return {
    callsPerSecond: rounded(ours.perSecond),
    rpsPerCore: Math.round(ours.count / used),
    ratioToBare: rounded(ours.perSecond / twin.perSecond),
    authOverheadMs: rounded(gateway.said.authOverheadMs),
    latencyOverBareMs: rounded(withLogin.medianMs - without.medianMs),
  };
}

/** Small calls of gateways without and with traces of all calls, in turns. */
async function traces(
  gateway: Server<GatewaySaid>,
  seconds: number,
): Promise<object> {
  const collector = await Collector.start();
  const traced = await startNode<GatewaySaid>('delivery/main.ts', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.address,
  });
  try {
    const players = [
      { name: 'off', server: gateway },
      { name: 'on', server: traced },
    ];
    const play = async ({ server }: { server: Server<GatewaySaid> }) => {
      const { cpuSeconds } = server;
      const { count, medianMs } = await load(
        `${addressesOf(server).plain}small`,
        headersOf(server),
        { clients: 1, seconds },
      );
      const used = server.cpuSeconds - cpuSeconds;
      return { medianMs, cpuMs: (used * 1_000) / count };
    };
    // The first round warms up.
    const { off, on } = await inTurns(players, 5, play);
    const middle = (rounds: typeof off, figure: 'cpuMs' | 'medianMs') =>
      median(rounds.slice(1).map(round => round[figure]));
    return {
      untracedMs: rounded(middle(off, 'medianMs')),
      tracedMs: rounded(middle(on, 'medianMs')),
      untracedCpuMs: rounded(middle(off, 'cpuMs')),
      tracedCpuMs: rounded(middle(on, 'cpuMs')),
      untracedMiB: rounded(gateway.memoryMiB),
      tracedMiB: rounded(traced.memoryMiB),
    };
  } finally {
    await traced.stop();
    await collector.stop();
  }
}

function startNode<Said>(
  program: string,
  env?: Record<string, string>,
): Promise<Server<Said>> {
  return Server.start<Said>(
    process.execPath,
    [
      '--import',
      join(root, 'scripts/typescript.mjs'),
      join(gatewaySources, '__testUtils__', program),
    ],
    env,
  );
}
