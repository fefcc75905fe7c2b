import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns when what runs in an environment was deployed there, RFC 3339; `undefined` if nothing was. */
export function deployedAt(
  { status }: Pick<App, 'status'>,
  environment: string,
): string | undefined {
  // The history is in order, the newest first.
  return status?.history?.find(entry => entry.environment === environment)?.at;
}
