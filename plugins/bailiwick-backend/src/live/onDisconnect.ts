import type { Response } from 'express';

/** Calls back when the client disconnects, at once when it has done so already. */
export function onDisconnect(
  response: Response,
  disconnected: () => void,
): void {
  if (response.destroyed) disconnected();
  else response.once('close', disconnected);
}
