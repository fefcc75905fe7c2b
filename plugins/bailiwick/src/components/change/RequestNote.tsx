import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  decidersOf,
  decidingPlan,
  type RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import Alert, { type Color } from '@material-ui/lab/Alert';
import type { ReactNode } from 'react';
import { tenantRouteRef } from '../../routes';
import { Names } from '../Names';
import { requestWords } from '../RequestsPage/requestWords';
import type { TenantFacts } from '../TenantPage/TenantFacts';

/** Where a request stands, in a sentence, with the way to it. */
export function RequestNote({
  facts: { plans, tenant },
  request,
}: {
  facts: TenantFacts;
  request: RequestView;
}) {
  const toTenant = useRouteRef(tenantRouteRef);
  const { metadata, spec, status } = request;
  const judging = decidingPlan(request, tenant);
  const plan = plans.find(one => one.metadata.name === judging);
  const phase = status?.phase ?? 'Open';
  const words: Record<typeof phase, [Color, ReactNode]> = {
    Open: [
      'info',
      <>
        waits for a decision by <Names of={decidersOf(request, tenant, plan)} />
        .
      </>,
    ],
    Approved: ['info', 'is approved and being carried out.'],
    Denied: ['warning', <>was denied: “{status?.verdict?.reason}”</>],
    Withdrawn: ['info', 'was taken back.'],
    Expired: ['warning', 'ended: nobody decided in time. Ask again.'],
    Applied: ['success', 'is carried out.'],
    Failed: [
      'error',
      <>
        could not be carried out:{' '}
        {status?.conditions?.find(one => one.status === 'False')?.message}
      </>,
    ],
  };
  const [severity, sentence] = words[phase];
  const to = `${toTenant({ tenant: spec.target.name })}/requests?request=${
    metadata.name
  }`;
  return (
    <Alert severity={severity} role="status">
      <Link to={to}>{requestWords(request)}</Link> {sentence}
    </Alert>
  );
}
