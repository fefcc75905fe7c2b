import {
  requestEnd,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidersOf,
  decidingPlan,
  requestStateOf,
  type RequestState as State,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ReactNode } from 'react';
import {
  formatDate,
  formatMessage,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Names } from '../Names';
import { titlesOf } from './titlesOf';

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
  const words: Record<State, ReactNode> = {
    Pending: (
      <>
        is pending approval by <Names of={decidersOf(request, tenant, plan)} />
        {end && `, until ${formatDate(end)}`}.
      </>
    ),
    Approved: 'is approved and in progress.',
    Denied: `was denied: “${verdict?.reason}”`,
    Withdrawn: 'was withdrawn.',
    Expired: 'expired before a decision. Send a new request.',
    Completed: 'is completed.',
    Failed: `failed: ${formatMessage(
      conditions?.find(({ status }) => status === 'False')?.message ??
        'unknown reason',
      titlesOf(request, tenant),
    )}`,
  };
  return <>{words[requestStateOf(request)]}</>;
}
