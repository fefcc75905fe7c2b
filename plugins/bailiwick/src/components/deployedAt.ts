import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns the time of the current deployment in an environment, RFC 3339; `undefined` if there is none. */
export function deployedAt(
  { status }: Pick<App, 'status'>,
  environment: string,
): string | undefined {
  // The history is in order, the newest first.
  return status?.history?.find(entry => entry.environment === environment)?.at;
}
