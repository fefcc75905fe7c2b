import { SharedTasks } from '../../SharedTasks';
import type { AddInFunction } from '../AddIn';
import { toMatrix, toResult, type Cell } from './cells';
import { parseExact } from './json';
import { addressOf, failureOf, send } from './request';
import { toQuery } from './toQuery';

type Result = Cell | Cell[][];

/** Reads that are under way, by address: equal formulas cause one request. */
const reads = new SharedTasks<Result>();

/** Reads a result. @throws CallError, or CustomFunctions.Error if it does not fit */
export async function read(
  fn: AddInFunction,
  address: string,
  signal: AbortSignal,
): Promise<Result> {
  const headers = { accept: 'application/json' };
  const response = await send(address, fn, { headers, signal });
  const body = parseExact(await response.text()) as {
    rows?: Record<string, unknown>[];
    value?: unknown;
  };
  return fn.kind === 'value'
    ? toResult(body.value, fn)
    : toMatrix(body.rows ?? [], fn.columns);
}

/**
 * Calculates a formula once.
 *
 * @throws CustomFunctions.Error with the gateway's message
 */
export async function readOnce(
  fn: AddInFunction,
  given: unknown[],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<Result> {
  const address = addressOf(fn, toQuery(fn, given));
  const canceled = new AbortController();
  invocation.onCanceled = () => canceled.abort();
  try {
    return await reads.run(address, canceled.signal, signal =>
      read(fn, address, signal),
    );
  } catch (error) {
    throw failureOf(error).error;
  }
}
