import { contractToOpenApi } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FastifyInstance } from 'fastify';
import { isOwnAddress } from '../address';
import { findServed, openedBy, type AppDirectory } from '../delivery';
import { findGrant, type LoginDirectory, type Target } from '../login';

/** Options of the OpenAPI route. */
export interface OpenApiOptions {
  directory: LoginDirectory & AppDirectory;
  /** Address under which readers reach the gateway; that of the request when absent. */
  publicUrl?: string;
}

/** Address of an app, and of its document. */
const urls = ['', '/', '/openapi.json'].map(
  end => `/v1/:tenant/:environment/:app${end}`,
);

/** `GET /v1/<tenant>/<environment>/<app>`, also with `/openapi.json`: the functions that a grant can read. */
export function addOpenApiRoute(
  server: FastifyInstance,
  { directory, publicUrl }: OpenApiOptions,
): void {
  for (const url of urls)
    server.get<{ Params: Target }>(url, async request => {
      const target = request.params;
      const grant = findGrant(request, target, directory);
      const { app, environment, contract } = findServed(directory, target);
      const own = isOwnAddress(request, environment)
        ? environment.address?.url
        : undefined;
      const origin = publicUrl ?? `${request.protocol}://${request.host}`;
      const path = [target.tenant, target.environment, target.app].join('/');
      return contractToOpenApi(openedBy(grant, contract, directory, target), {
        title: app.spec.title,
        description: app.spec.description,
        version: environment.release ?? environment.revision ?? 'draft',
        server: own ?? `${origin}/v1/${path}`,
        csv: app.spec.delivery.csv,
      });
    });
}
