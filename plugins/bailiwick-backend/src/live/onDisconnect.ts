import type { Response } from 'express';

/** What to do at the end of open responses. Each has one listener: Node warns of more than ten. */
const waiting = new WeakMap<Response, (() => void)[]>();

/** Calls back when the response has ended or the client has left; immediately if that has already happened. */
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
