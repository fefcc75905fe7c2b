import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { searchTypes } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { tenantOfHome } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  newestPacks,
  packOf,
  requestReadPermission,
  targetTenant,
  targetTitleOf,
  tenantReadPermission,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { Readable } from 'node:stream';
import { buildAppDocuments } from './documents/buildAppDocuments';
import { buildPackDocuments } from './documents/buildPackDocuments';
import { buildRequestDocument } from './documents/buildRequestDocument';
import { buildTenantDocument } from './documents/buildTenantDocument';
import type { AuthorizedDocument } from './documents/document';

/** A collator whose documents can be read without a stream, to see whether they changed. */
export interface ListCollator extends DocumentCollatorFactory {
  documents(): AuthorizedDocument[];
}

function createCollator(
  options: Pick<ListCollator, 'type' | 'visibilityPermission' | 'documents'>,
): ListCollator {
  return {
    ...options,
    getCollator: async () => Readable.from(options.documents()),
  };
}

/** Creates one collator for each permission that protects documents. */
export function createCollators({
  apps,
  packs,
  requests,
  tenants,
}: Pick<
  WatchedLists,
  'apps' | 'packs' | 'requests' | 'tenants'
>): ListCollator[] {
  return [
    createCollator({
      type: searchTypes.catalog,
      visibilityPermission: catalogEntityReadPermission,
      documents: () => [
        ...newestPacks(packs.list()).flatMap(buildPackDocuments),
        ...apps.list().flatMap(app =>
          buildAppDocuments(app, {
            pack: packOf(packs, app.spec.archetype),
            tenant: tenants.get(
              tenantOfHome(app.metadata.namespace ?? '') ?? '',
            ),
          }),
        ),
      ],
    }),
    createCollator({
      type: searchTypes.tenants,
      visibilityPermission: tenantReadPermission,
      documents: () => tenants.list().map(buildTenantDocument),
    }),
    createCollator({
      type: searchTypes.requests,
      visibilityPermission: requestReadPermission,
      documents: () =>
        requests.list().map(request => {
          const tenant = tenants.get(targetTenant(request.spec));
          return buildRequestDocument(request, {
            targetTitle: targetTitleOf(request, tenant, { apps, requests }),
            tenantTitle: tenant?.spec.title,
          });
        }),
    }),
  ];
}
