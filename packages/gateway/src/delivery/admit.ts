import type {
  ContractFunction,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyRequest } from 'fastify';
import { isDeepStrictEqual } from 'node:util';
import { AppNotRunningError, NotAllowedError } from '../errors';
import { findGrant, type LoginDirectory, type Target } from '../login';
import type { QuotaDirectory } from './CallQuota';
import {
  findFunction,
  findServed,
  type AppDirectory,
  type Served,
} from './findServed';

/** Everything that decides about a request. */
export type Directory = LoginDirectory & AppDirectory & QuotaDirectory;

/** A request for the result of a function. */
export type FunctionRequest = FastifyRequest<{
  Params: Target & { fn: string };
}>;

/** A request that may be answered. */
export interface Admitted {
  grant: Grant;
  served: Served;
  fn: ContractFunction;
}

/**
 * Checks the token of a request, and returns its subject.
 *
 * @throws GatewayError with the reason of the refusal
 */
export function admit(
  request: FunctionRequest,
  directory: Directory,
): Admitted {
  const { params: target } = request;
  const grant = findGrant(request, target, directory);
  const served = findServed(directory, target);
  return { grant, served, fn: findFunction(served.contract, target.fn) };
}

/**
 * Checks whether a stream may continue: a reason to reject a new request ends it, except that the app is being
 * replaced.
 *
 * @param grant - the grant at the start of the stream
 * @returns the app as it runs now; `undefined` while it is being replaced
 * @throws GatewayError with the reason
 */
export function recheckStream(
  request: FunctionRequest,
  directory: Directory,
  grant: Grant,
): Served | undefined {
  const { params } = request;
  const now = findGrant(request, params, directory);
  if (!isDeepStrictEqual(now.spec.presets, grant.spec.presets)) {
    throw new NotAllowedError(
      'The fixed parameters of this token have changed; reconnect',
    );
  }
  try {
    return findServed(directory, params);
  } catch (error) {
    if (!(error instanceof AppNotRunningError)) throw error;
    return undefined;
  }
}
