import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { openedApps, requireTenant } from '../delivery';
import { HttpsRequiredError } from '../errors';
import {
  authenticateToken,
  authorizeGrant,
  type GrantDirectory,
  targetOf,
} from '../login';
import { addInKey } from './addInKey';
import { buildAddIn } from './buildAddIn';
import { drawIcon, iconSizes } from './icon';
import { manifestOf } from './manifestOf';
import { metadataOf } from './metadataOf';
import { grantOfKey, grantsOfAddIn, type AddInDirectory } from './grantOfKey';
import { pageOf, pagePolicy } from './pageOf';
import { scriptOf } from './script';
import { versionOf } from './versionOf';

/** Options of the routes of add-ins. */
export interface ExcelOptions {
  directory: AddInDirectory & GrantDirectory;
  /** Address under which readers reach the gateway; that of the request when absent. */
  publicUrl?: string;
}

type TenantRequest = FastifyRequest<{ Params: { tenant: string } }>;
type FileRequest = FastifyRequest<{ Params: { tenant: string; key: string } }>;

/**
 * `/excel/v1/<tenant>/manifest.xml`: the Excel add-in of a tenant, for people with a token, and below
 * `/excel/v1/<tenant>/<key>/` its files. Excel loads the files without credentials, so the key in their address proves
 * that a reader downloaded the manifest.
 */
export async function addExcelRoutes(
  server: FastifyInstance,
  { directory, publicUrl }: ExcelOptions,
): Promise<void> {
  const gatewayOf = ({ host, protocol }: FastifyRequest) =>
    publicUrl ?? `${protocol}://${host}`;
  const tenantOf = (name: string) => {
    const { title, environments } = directory.findTenant(name)?.spec ?? {
      title: name,
      environments: [],
    };
    return { name, title, environments };
  };
  const appsOf = (grant: Grant, { ip }: FastifyRequest) =>
    openedApps(grantsOfAddIn(grant, directory), ip, directory);
  const describe = (request: FileRequest) => {
    const { key, tenant } = request.params;
    const grant = grantOfKey(tenant, key, request.ip, directory);
    return buildAddIn({
      apps: appsOf(grant, request),
      gateway: gatewayOf(request),
      tenant: tenantOf(tenant),
    });
  };

  server.get('/:tenant/manifest.xml', async (request: TenantRequest, reply) => {
    const { tenant } = request.params;
    const grant = authenticateToken(request, directory);
    requireTenant(grant, tenant);
    authorizeGrant(grant, targetOf(grant), directory);
    const gateway = gatewayOf(request);
    requireHttps(gateway);
    const apps = appsOf(grant, request);
    const addIn = buildAddIn({ apps, gateway, tenant: tenantOf(tenant) });
    const address = `${gateway}/excel/v1/${encodeURIComponent(tenant)}`;
    return reply
      .type('application/xml')
      .header(
        'content-disposition',
        `attachment; filename="bailiwick-${tenant}.xml"`,
      )
      .send(
        manifestOf(addIn, {
          address,
          files: `${address}/${addInKey(grant.spec.tokenHash)}`,
          version: versionOf(apps),
        }),
      );
  });
  server.get(
    '/:tenant/:key/functions.json',
    async (request: FileRequest, reply) => {
      // Excel on the web loads it from a page of Microsoft.
      reply.header('access-control-allow-origin', '*');
      return metadataOf(describe(request));
    },
  );
  server.get(
    '/:tenant/:key/functions.js',
    async (request: FileRequest, reply) =>
      reply.type('text/javascript').send(await scriptOf(describe(request))),
  );
  server.get('/:tenant/:key/page.html', async (request: FileRequest, reply) =>
    reply
      .type('text/html')
      .header('content-security-policy', pagePolicy)
      .header('referrer-policy', 'no-referrer')
      .send(pageOf(describe(request))),
  );
  for (const size of iconSizes) {
    const icon = drawIcon(size);
    server.get(`/:tenant/:key/icon-${size}.png`, async (_, reply) =>
      reply
        .type('image/png')
        .header('cache-control', 'max-age=86400')
        .send(icon),
    );
  }
}

/** @throws HttpsRequiredError for an address that Excel refuses */
function requireHttps(gateway: string): void {
  if (gateway.startsWith('https://')) return;
  throw new HttpsRequiredError(
    `Excel loads add-ins from https addresses only, and this gateway has the address ${gateway}; a platform engineer can set --public-url`,
  );
}
