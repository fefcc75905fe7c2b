import { bodies } from './exampleRequests';
import { createTenant } from './createTenant';
import type { Portal } from './startPortal';

/** Creates a tenant with an app and its repository, created by Bea, so that every route has a subject. */
export async function createFeedApp(portal: Portal): Promise<void> {
  await createTenant(portal.cluster.client);
  await portal.shows('bea', '/tenants', 'rates-desk');
  for (const what of ['repositories', 'apps'])
    await portal.call(
      'bea',
      'POST',
      `/tenants/rates-desk/${what}`,
      bodies[`POST /tenants/:tenant/${what}`],
    );
  await portal.shows('bea', '/apps', 'feed');
}
