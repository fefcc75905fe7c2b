import { useRouteRef } from '@backstage/core-plugin-api';
import { Navigate, useParams } from 'react-router-dom';
import { tenantRouteRef } from '../../routeRefs';
import { LinkTabs } from '../LinkTabs';
import { AuditTab } from './audit/AuditTab';
import { EnvironmentsTab } from './environments/EnvironmentsTab';
import type { TenantFacts } from './facts/TenantFacts';
import { MembersTab } from './members/MembersTab';
import { OverviewTab } from './overview/OverviewTab';
import { QuotaTab } from './quota/QuotaTab';
import { ReadsTab } from './reads/ReadsTab';
import { RequestsTab } from './requests/RequestsTab';

const tabs = [
  { path: '', title: 'Overview', Content: OverviewTab },
  { path: 'environments', title: 'Environments', Content: EnvironmentsTab },
  { path: 'members', title: 'Members', Content: MembersTab },
  { path: 'quota', title: 'Quota', Content: QuotaTab },
  { path: 'requests', title: 'Requests', Content: RequestsTab },
  { path: 'audit', title: 'Audit', Content: AuditTab },
  { path: 'reads', title: 'Reads', Content: ReadsTab },
];

/** The parts of a tenant's page. */
export function TenantTabs({ facts }: { facts: TenantFacts }) {
  const { tenant = '', '*': path = '' } = useParams();
  const base = useRouteRef(tenantRouteRef)({ tenant });
  const shown = tabs.find(tab => tab.path === path.replace(/\/$/, ''));
  if (!shown) return <Navigate to={base} replace />;
  return (
    <LinkTabs
      label="Parts of the tenant"
      shown={shown.path}
      tabs={tabs.map(tab => ({
        key: tab.path,
        title: tab.title,
        to: tab.path ? `${base}/${tab.path}` : base,
      }))}
    >
      <shown.Content facts={facts} />
    </LinkTabs>
  );
}
