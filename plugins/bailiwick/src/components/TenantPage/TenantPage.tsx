import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LiveContent,
  LiveMark,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useParams } from 'react-router-dom';
import { tenantsRouteRef } from '../../routes';
import { NotThere } from '../NotThere';
import { PageFrame } from '../PageFrame';
import { TenantDetails } from './TenantDetails';

/** What do we have, who may, how much is left? */
export function TenantPage() {
  const { tenant: name = '' } = useParams();
  const toTenants = useRouteRef(tenantsRouteRef)();
  const tenants = useLiveList<TenantView>('/tenants');
  const apps = useLiveList<AppView>('/apps');
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
          <NotThere
            title={`There is no tenant “${name}” for you`}
            back={{ to: toTenants, words: 'See your tenants' }}
          >
            It does not exist, or you are not a member. Ask an owner to add you.
          </NotThere>
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
