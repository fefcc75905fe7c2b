import { useRouteRef } from '@backstage/core-plugin-api';
import {
  LiveContent,
  LiveMark,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useParams } from 'react-router-dom';
import { tenantsRouteRef } from '../../routeRefs';
import { PageFrame } from '../PageFrame';
import { TenantBanners } from './banners/TenantBanners';
import { EditRequest } from './EditRequest';
import { TenantMissing } from './TenantMissing';
import { TenantSubtitle } from './TenantSubtitle';
import { TenantTabs } from './TenantTabs';
import { useTenant } from './useTenant';

/** The page of a tenant: its facts, rights and usage. */
export function TenantPage() {
  const { tenant: name = '' } = useParams();
  const toTenants = useRouteRef(tenantsRouteRef)();
  const { facts, isTold, plans, requests, tenants } = useTenant(name);
  return (
    <PageFrame
      parent={{ title: 'Tenants', to: toTenants }}
      title={
        facts?.tenant.spec.title ?? (tenants.value && isTold ? name : 'Tenant')
      }
      subtitle={facts && <TenantSubtitle facts={facts} />}
      actions={<LiveMark live={tenants} />}
    >
      <LiveContent
        live={tenants}
        what="The tenant"
        isEmpty={() => !facts}
        empty={
          isTold ? (
            <TenantMissing name={name} plans={plans} requests={requests} />
          ) : (
            <Skeleton variant="rect" height={160} />
          )
        }
      >
        {() =>
          facts && (
            <>
              <TenantBanners facts={facts} />
              <EditRequest facts={facts} />
              <TenantTabs facts={facts} />
            </>
          )
        }
      </LiveContent>
    </PageFrame>
  );
}
