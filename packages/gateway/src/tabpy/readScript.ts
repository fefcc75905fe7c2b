import { NotAllowedError } from '../errors';

/** A function and its fixed parameters, as a calculation names them. */
export interface Script {
  fn: string;
  query: URLSearchParams;
}

/**
 * Reads the script of a calculation, which is never executed: the path of a function, such as `/volatility?days=30`.
 *
 * @throws NotAllowedError for anything else
 */
export function readScript(script: unknown): Script {
  const [, fn, query = ''] =
    typeof script === 'string'
      ? /^\s*(?:return\s+)?\/([A-Za-z_]\w{0,99})(?:\?([^\s]*))?\s*$/.exec(
          script,
        ) ?? []
      : [];
  if (fn) return { fn, query: new URLSearchParams(query) };
  throw new NotAllowedError(
    'This server executes no scripts. Name a published function instead, such as SCRIPT_REAL("/volatility?days=30", SUM([Price]))',
  );
}
