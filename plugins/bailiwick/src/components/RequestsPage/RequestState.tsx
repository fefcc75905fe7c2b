import {
  requestEnd,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidersOf,
  decidingPlan,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Color } from '@material-ui/lab/Alert';
import type { ReactNode } from 'react';
import {
  formatDate,
  formatInstants,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Names } from '../Names';

type Phase = NonNullable<NonNullable<RequestView['status']>['phase']>;

/** Where a request stands. */
export function phaseOf({ status }: Pick<RequestView, 'status'>): Phase {
  return status?.phase ?? 'Open';
}

/** How urgent it is to know where a request stands. */
export const phaseColors: Record<Phase, Color> = {
  Open: 'info',
  Approved: 'info',
  Denied: 'warning',
  Withdrawn: 'info',
  Expired: 'warning',
  Applied: 'success',
  Failed: 'error',
};

/** Where a request stands, in a word or two. */
export const phaseWords: Record<Phase, string> = {
  Open: 'Open',
  Approved: 'Approved',
  Denied: 'Denied',
  Withdrawn: 'Taken back',
  Expired: 'Not decided in time',
  Applied: 'Carried out',
  Failed: 'Failed',
};

/** Where a request stands, in words that go on after what it asks for. */
export function RequestState({
  plans,
  request,
  tenant,
}: {
  plans: Plan[];
  request: RequestView;
  /** That it is about, if there is one. */
  tenant?: TenantView;
}) {
  const judging = decidingPlan(request, tenant);
  const plan = plans.find(({ metadata }) => metadata.name === judging);
  const end = requestEnd(request);
  const { conditions, verdict } = request.status ?? {};
  const words: Record<Phase, ReactNode> = {
    Open: (
      <>
        waits for a decision by <Names of={decidersOf(request, tenant, plan)} />
        {end && `, until ${formatDate(end)}`}.
      </>
    ),
    Approved: 'is approved and being carried out.',
    Denied: `was denied: “${verdict?.reason}”`,
    Withdrawn: 'was taken back.',
    Expired: 'ended: nobody decided in time. Ask again.',
    Applied: 'is carried out.',
    Failed: `could not be carried out: ${formatInstants(
      conditions?.find(({ status }) => status === 'False')?.message ??
        'nobody knows why',
    )}`,
  };
  return <>{words[phaseOf(request)]}</>;
}
