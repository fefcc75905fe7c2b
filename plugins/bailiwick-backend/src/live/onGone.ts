import type { Response } from 'express';

/** Calls back when the reader of an answer is gone; at once when they went before somebody listened. */
export function onGone(response: Response, gone: () => void): void {
  if (response.destroyed) gone();
  else response.once('close', gone);
}
