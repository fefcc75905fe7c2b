import type { Response } from 'express';

const open = new Set<Response>();

/** Remembers an answer that does not end by itself, so that a stopping portal can end it. */
export function endOnStop(response: Response): void {
  open.add(response);
  response.on('close', () => open.delete(response));
}

/** Ends all such answers; readers connect again by themselves. */
export function endOpenResponses(): void {
  for (const response of open) response.end();
}
