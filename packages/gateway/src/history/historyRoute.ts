import type { CallRecorder } from './CallRecorder';

/**
 * `GET /calls` of the metrics port: the call history as JSON. `?tenant=…&app=…` selects one app, `?seconds=…` the
 * resolution with slots of this length.
 */
export function historyRoute(recorder: CallRecorder) {
  return ({ searchParams }: URL): string => {
    const tenant = searchParams.get('tenant');
    const app = searchParams.get('app');
    const seconds = Number(searchParams.get('seconds')) || undefined;
    return JSON.stringify(
      recorder.read({
        seconds,
        app: tenant && app ? { tenant, app } : undefined,
      }),
    );
  };
}
