import type { Response } from 'express';

/** What to do at the end of open responses. Each has one listener: Node warns of more than ten. */
const waiting = new WeakMap<Response, (() => void)[]>();

/** Calls back once the client is gone, or the response is complete; at once if it was gone before. */
export function onDisconnect(
  response: Response,
  disconnected: () => void,
): void {
  if (response.destroyed) {
    disconnected();
    return;
  }
  const known = waiting.get(response);
  if (known) {
    known.push(disconnected);
    return;
  }
  const all = [disconnected];
  waiting.set(response, all);
  response.once('close', () => {
    for (const each of all) each();
  });
}
