import type { AddInFunction } from '../AddIn';
import { refreshInterval } from '../refreshInterval';
import type { Cell } from './cells';
import { Follower, type Publish, type Read } from './Follower';
import { followStream } from './followStream';
import { LatestRows } from './LatestRows';
import { read } from './readOnce';
import { addressOf } from './request';
import { toQuery } from './toQuery';

type Result = Cell | Cell[][];

const followers = new Map<string, Follower>();

/** Keeps a formula up to date until Excel cancels it; equal formulas share their reads. */
export function live(
  fn: AddInFunction,
  given: unknown[],
  invocation: CustomFunctions.StreamingInvocation<Result>,
): void {
  const isStream = fn.kind === 'stream';
  const parameters = isStream ? fn.parameters : fn.parameters.slice(0, -1);
  const address = addressOf(fn, toQuery({ ...fn, parameters }, given));
  const wanted = Number(given[parameters.length]) || refreshInterval.default;
  const seconds = Math.max(refreshInterval.minimum, wanted);
  const key = `${fn.id} ${seconds} ${address}`;
  const follower =
    followers.get(key) ??
    new Follower(
      isStream
        ? streamReader(fn, address)
        : (publish, signal) => readTable(fn, address, publish, signal),
      isStream ? 0 : seconds,
    );
  followers.set(key, follower);
  invocation.onCanceled = follower.follow(
    result => invocation.setResult(result as Result),
    () => {
      if (followers.get(key) === follower) followers.delete(key);
    },
  );
}

function streamReader(fn: AddInFunction, address: string): Read {
  const rows = new LatestRows(fn);
  return (publish, signal) => followStream(fn, address, rows, publish, signal);
}

async function readTable(
  fn: AddInFunction,
  address: string,
  publish: Publish,
  signal: AbortSignal,
): Promise<boolean> {
  publish(await read(fn, address, signal));
  return true;
}
