import { createBackend } from '@backstage/backend-defaults';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import { appEntity } from './appEntity';

/** Catalog that contains every requested app at no cost, because only the Kubernetes plugin is measured. */
const catalog = createServiceFactory({
  service: catalogServiceRef,
  deps: {},
  factory: () =>
    ({
      getEntityByRef: async (ref: string | CompoundEntityRef) => {
        const { name, namespace } =
          typeof ref === 'string' ? parseEntityRef(ref) : ref;
        return appEntity({ name, tenant: namespace });
      },
    } as Partial<CatalogService> as CatalogService),
});

const backend = createBackend();
backend.add(catalog);
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.start();
