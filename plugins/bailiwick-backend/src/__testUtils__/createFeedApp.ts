import { bodies } from './exampleRequests';
import { createTenant } from './createTenant';
import type { Portal } from './startPortal';

/** Makes a tenant in which Bea has an app with its repository, so that every route has something to be about. */
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
