import { bodies } from './asked';
import { giveTenant } from './giveTenant';
import type { Portal } from './startPortal';

/** Makes a tenant in which Bea has an app with its repository, so that every route has something to be about. */
export async function giveFeed(portal: Portal): Promise<void> {
  await giveTenant(portal.cluster.client);
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
