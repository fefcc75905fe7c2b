import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  AppView,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LiveContent,
  LiveMark,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useParams } from 'react-router-dom';
import { requestsRouteRef, tenantsRouteRef } from '../../routes';
import { NotThere } from '../NotThere';
import { PageFrame } from '../PageFrame';
import { waitsForTenant } from '../waitsForTenant';
import { TenantDetails } from './TenantDetails';

/** What do we have, who may, how much is left? */
export function TenantPage() {
  const { tenant: name = '' } = useParams();
  const toTenants = useRouteRef(tenantsRouteRef)();
  const tenants = useLiveList<TenantView>('/tenants');
  const apps = useLiveList<AppView>('/apps');
  const toRequests = useRouteRef(requestsRouteRef)();
  const waiting = useLiveList<RequestView>('/requests').value?.find(request =>
    waitsForTenant(request, name),
  );
  const found = tenants.value?.find(({ metadata }) => metadata.name === name);
  return (
    <PageFrame
      title={found?.spec.title ?? name}
      subtitle={found?.spec.purpose}
      actions={<LiveMark live={tenants} />}
    >
      <LiveContent
        live={tenants}
        what="The tenant"
        isEmpty={items => !items.some(({ metadata }) => metadata.name === name)}
        empty={
          waiting ? (
            <NotThere
              title={`A request for the tenant “${name}” waits`}
              back={{
                to: `${toRequests}?request=${waiting.metadata.name}`,
                words: 'See the request',
              }}
            >
              The tenant shows here by itself once the request is approved and
              carried out.
            </NotThere>
          ) : (
            <NotThere
              title={`There is no tenant “${name}” for you`}
              back={{ to: toTenants, words: 'See your tenants' }}
            >
              It does not exist, or you are not a member. Ask an owner to add
              you.
            </NotThere>
          )
        }
      >
        {items => (
          <TenantDetails
            tenant={items.find(({ metadata }) => metadata.name === name)!}
            apps={(apps.value ?? []).filter(({ tenant }) => tenant === name)}
          />
        )}
      </LiveContent>
    </PageFrame>
  );
}
