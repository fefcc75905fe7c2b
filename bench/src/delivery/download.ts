import { median } from '../statistics';

/** Times of a response. */
export interface Download {
  seconds: number;
  firstByteMs: number;
  bytes: number;
}

/** Reads a response to its end. @throws Error unless it is a success */
export async function download(
  url: string,
  headers: Record<string, string>,
): Promise<Download> {
  const started = performance.now();
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  let [bytes, firstByteMs] = [0, 0];
  for await (const chunk of response.body!) {
    if (bytes === 0) firstByteMs = performance.now() - started;
    bytes += chunk.length;
  }
  return { bytes, firstByteMs, seconds: (performance.now() - started) / 1_000 };
}

/** Returns the median times of three responses, after one that warms up. */
export async function downloads(
  url: string,
  headers: Record<string, string>,
): Promise<Download> {
  await download(url, headers);
  const all: Download[] = [];
  for (let round = 0; round < 3; round += 1)
    all.push(await download(url, headers));
  return {
    bytes: all[0].bytes,
    firstByteMs: median(all.map(one => one.firstByteMs)),
    seconds: median(all.map(one => one.seconds)),
  };
}

/** Sends requests one after the other from several clients; returns the responses per second and the median latency. */
export async function load(
  url: string,
  headers: Record<string, string>,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<{ perSecond: number; medianMs: number; count: number }> {
  const started = performance.now();
  const end = started + seconds * 1_000;
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end)
        times.push((await download(url, headers)).seconds * 1_000);
    }),
  );
  return {
    count: times.length,
    perSecond: (times.length * 1_000) / (performance.now() - started),
    medianMs: median(times),
  };
}
