import type { Response } from 'express';
import { onDisconnect } from './onDisconnect';

/** Open responses, each with the function that ends it. */
const open = new Map<Response, () => void>();

function stopWith(response: Response, stop: () => void): void {
  open.set(response, stop);
  onDisconnect(response, () => open.delete(response));
}

/** Registers a response that does not end by itself, so that a stopping portal can end it. */
export function endOnStop(response: Response): void {
  stopWith(response, () => response.end());
}

/** Remembers a long answer of which a part is worth nothing, so that a stopping portal can break it. */
export function breakOnStop(response: Response): void {
  stopWith(response, () => response.destroy());
}

/** Stops all such answers; readers of streams connect again by themselves. */
export function endOpenResponses(): void {
  for (const stop of open.values()) stop();
}
