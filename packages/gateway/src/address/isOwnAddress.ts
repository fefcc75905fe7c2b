import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyRequest } from 'fastify';

/** Whether a request came by the app's own address. */
export function isOwnAddress(
  { host }: Pick<FastifyRequest, 'host'>,
  { address }: Pick<AppEnvironmentStatus, 'address'>,
): boolean {
  return URL.parse(address?.url ?? '')?.host === host.toLowerCase();
}
