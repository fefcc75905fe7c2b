import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { CatalogPeople } from './CatalogPeople';
import type { PeopleService } from './PeopleService';

/** For portals in which people need no entity. */
const everyone: PeopleService = {
  requirePresent: async () => {},
  findAbsent: async () => new Set(),
  findDeparted: async () => new Set(),
  onDeparture: () => () => {},
};

/** People of the catalog, as the setting `bailiwick.requireUserEntity` requires. @public */
export const peopleServiceRef = createServiceRef<PeopleService>({
  id: 'bailiwick.people',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      factory: ({ config, lifecycle, ...services }) => {
        if (config.getOptionalBoolean('bailiwick.requireUserEntity') === false)
          return everyone;
        const people = new CatalogPeople(services);
        people.start();
        lifecycle.addShutdownHook(() => people.stop());
        return people;
      },
    }),
});
