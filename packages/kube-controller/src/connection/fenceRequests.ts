import type { Dispatcher } from 'undici';
import { LeadershipLostError } from '../errors';

/** Options of a request that may be refused until its first byte is sent. */
interface FencedOptions {
  /** Whether the request may be sent now. */
  maySend?: () => boolean;
}

/**
 * Checks `maySend` when a connection is ready for the request, just before the first byte is sent. A process can be
 * stopped for longer than its lease while a request waits for a connection.
 *
 * @throws LeadershipLostError (the request fails with it)
 */
export const fenceRequests: Dispatcher.DispatcherComposeInterceptor =
  dispatch => (options, handler) => {
    const { maySend } = options as FencedOptions;
    if (!maySend) return dispatch(options, handler);
    return dispatch(options, {
      onRequestStart(controller, context) {
        if (!maySend()) throw new LeadershipLostError();
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: handler.onRequestUpgrade?.bind(handler),
      onResponseStart: handler.onResponseStart?.bind(handler),
      onResponseData: handler.onResponseData?.bind(handler),
      onResponseEnd: handler.onResponseEnd?.bind(handler),
      onResponseError: handler.onResponseError?.bind(handler),
    });
  };
