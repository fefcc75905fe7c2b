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
  const isCsv = result.kind !== 'value' && app.spec.delivery.csv;
  return [
    'application/json',
    ...(isCsv ? ['text/csv'] : []),
    ...(result.kind === 'stream' ? ['text/event-stream'] : []),
  ];
}

/**
 * Calls a function and gives the app's answer once it is a result.
 *
 * @throws GatewayError when the app gives none; when it does not run, with the reason the operator
 * found.
 *
 * @param way - `stream` for the stream of a function that has one, `call` for a whole answer
 */
export async function callFunction(
  upstream: Upstream,
  call: FunctionCall,
  { environment }: Served,
  way: 'call' | 'stream' = 'call',
): Promise<UpstreamAnswer> {
  try {
    const answer = await upstream[way](call);
    if (answer.status < 300) return answer;
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
