import type { AddInFunction } from '../AddIn';
import { toMatrix, toResult, type Cell } from './cells';
import { parseExact } from './json';
import { addressOf, failureOf, send } from './request';
import { SharedReads } from './SharedReads';
import { toQuery } from './toQuery';

type Result = Cell | Cell[][];

const reads = new SharedReads<Result>();

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
  const { leave, result } = reads.join(address, signal =>
    read(fn, address, signal),
  );
  invocation.onCanceled = leave;
  try {
    return await result;
  } catch (error) {
    throw failureOf(error).error;
  }
}
