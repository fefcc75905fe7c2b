import type { FastifyRequest } from 'fastify';
import { InvalidHostError } from './errors';

/** A name or an IPv4 address, or an IPv6 address in brackets, and a port (RFC 3986, section 3.2.2). */
const pattern = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * Links in responses contain the host of the request, so there must be exactly one, and nothing else in it
 * (RFC 9112, section 3.2).
 *
 * @throws InvalidHostError
 */
export function requireHost({ raw: { rawHeaders } }: FastifyRequest): void {
  const hosts = rawHeaders.filter(
    (_, index) =>
      index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === 'host',
  );
  if (hosts.length === 1 && pattern.test(hosts[0])) return;
  throw new InvalidHostError(
    'A request needs exactly one Host header with a name or an address, and a port if it is not the usual one',
  );
}
