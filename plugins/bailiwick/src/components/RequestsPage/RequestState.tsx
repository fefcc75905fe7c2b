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

/** Severity of each state. */
export const phaseColors: Record<Phase, Color> = {
  Open: 'info',
  Approved: 'info',
  Denied: 'warning',
  Withdrawn: 'info',
  Expired: 'warning',
  Applied: 'success',
  Failed: 'error',
};

/** States of a request in a word, the same on all pages. */
export const phaseWords: Record<Phase, string> = {
  Open: 'Pending',
  Approved: 'Approved',
  Denied: 'Denied',
  Withdrawn: 'Withdrawn',
  Expired: 'Expired',
  Applied: 'Completed',
  Failed: 'Failed',
};

/** State of a request with its reason, as the rest of a sentence that begins with the request. */
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
        is pending approval by <Names of={decidersOf(request, tenant, plan)} />
        {end && `, until ${formatDate(end)}`}.
      </>
    ),
    Approved: 'is approved and in progress.',
    Denied: `was denied: “${verdict?.reason}”`,
    Withdrawn: 'was withdrawn.',
    Expired: 'expired without a decision. Request it again.',
    Applied: 'is completed.',
    Failed: `failed: ${formatInstants(
      conditions?.find(({ status }) => status === 'False')?.message ??
        'unknown reason',
    )}`,
  };
  return <>{words[phaseOf(request)]}</>;
}
