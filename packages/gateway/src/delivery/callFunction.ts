import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common';
import { AppNotRunningError, AppUnreachableError } from '../errors';
import {
  readRefusal,
  type FunctionCall,
  type Upstream,
  type UpstreamAnswer,
} from '../upstream';
import { toCsv, type Row } from './csv';
import { stateOf, type Served } from './findServed';

/** The formats of a result, best first. */
export function formatsOf(
  { result }: ContractFunction,
  { app }: Served,
): string[] {
  const isCsv = result.kind === 'table' && app.spec.delivery.csv;
  return isCsv ? ['application/json', 'text/csv'] : ['application/json'];
}

/**
 * Calls a function and gives the app's answer once it is a result.
 *
 * @throws GatewayError when the app gives none; when it does not run, with the reason the operator
 * found.
 */
export async function callFunction(
  upstream: Upstream,
  call: FunctionCall,
  { environment }: Served,
): Promise<UpstreamAnswer> {
  try {
    const answer = await upstream.call(call);
    if (answer.status === 200) return answer;
    const { status, retryAfter, body } = answer;
    throw readRefusal(
      call.app,
      status,
      await body.text().catch(() => ''),
      retryAfter,
    );
  } catch (error) {
    if (!(error instanceof AppNotRunningError)) throw error;
    throw new AppNotRunningError(
      `${error.message}. ${stateOf(environment)}`.trim(),
      { retryAfter: error.retryAfter ?? 5, cause: error },
    );
  }
}

/** Reads a table and writes it as CSV. @throws AppUnreachableError when it is no table. */
export async function readAsCsv(
  { body }: UpstreamAnswer,
  { name, result }: ContractFunction,
): Promise<string> {
  const columns = (result.columns ?? []).map(column => column.name);
  try {
    const { rows } = JSON.parse(await body.text()) as { rows: Row[] };
    return toCsv(columns, rows);
  } catch (error) {
    throw new AppUnreachableError(
      `The answer of ${name} broke off; try again`,
      { retryAfter: 1, cause: error },
    );
  }
}
