import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  PreflightDecision,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useRef, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { asSubject } from '../useSubjects';
import { isPendingTenantRequest } from '../isPendingTenantRequest';
import { steps } from './steps';
import { useNameCheck } from './useNameCheck';
import {
  emptyDraft,
  problemsOf,
  specOf,
  type TenantDraft,
} from './tenantDraft';

/**
 * State of the form that asks for a tenant.
 *
 * @param onSent - with what the portal said would decide
 */
export function useRequestTenant(
  onSent: (name: string, decision?: PreflightDecision) => void,
) {
  const client = useApi(bailiwickApiRef);
  const catalog = useApi(catalogApiRef);
  const [draft, setDraft] = useState<TenantDraft>(emptyDraft);
  const latest = useRef(draft);
  latest.current = draft;
  const tenants = useLiveList<TenantView>('/tenants');
  const requests = useLiveList<RequestView>('/requests');
  const [step, setStep] = useState(0);

  const choices = useAsync(async () => {
    const [me, plans, packs, people] = await Promise.all([
      client.getMe(),
      client.listPlans(),
      client.listPacks(),
      catalog.getEntities({
        filter: [
          { kind: 'User' },
          { kind: 'Group' },
          { kind: 'Domain', 'spec.type': 'tenant' },
        ],
        fields: ['kind', 'metadata', 'spec.profile.displayName', 'spec.type'],
      }),
    ]);
    const subjects = people.items
      .filter(({ spec }) => spec?.type !== 'tenant')
      .map(asSubject);
    // Only groups that the catalog knows by a name of their own can own a tenant.
    const groups = subjects.filter(({ ref }) => me.groups.includes(ref));
    const tenantNames = people.items
      .filter(({ kind }) => kind === 'Domain')
      .map(({ metadata }) => metadata.name);
    setDraft(before => ({
      ...before,
      owner: before.owner || (groups[0]?.ref ?? ''),
      plan: before.plan || (plans[0]?.metadata.name ?? ''),
      // A choice of one needs no choosing.
      domains:
        before.domains.length || packs.length > 1
          ? before.domains
          : packs.map(({ metadata }) => metadata.name),
    }));
    return { groups, packs, plans, subjects, tenantNames };
  }, [client, catalog]);

  const plan = choices.value?.plans.find(
    ({ metadata }) => metadata.name === draft.plan,
  );
  const nameCheck = useNameCheck(draft.name);
  const problems = problemsOf(draft, plan, {
    problem: nameCheck.problem,
    // The catalog knows also the tenants that one is not a member of.
    tenants: [
      ...(tenants.value ?? []).map(({ metadata }) => metadata.name),
      ...(choices.value?.tenantNames ?? []),
    ],
    waiting: (requests.value ?? [])
      .filter(request => isPendingTenantRequest(request))
      .map(({ spec }) => spec.target.name),
  });
  const request = {
    name: draft.name,
    spec: specOf(draft),
    reason: draft.reason,
  };

  const [review, startReview] = useAsyncFn(async () => {
    const { name, spec } = request;
    const preflight = await client.preflightTenant({ name, spec });
    if (preflight.problems.length > 0)
      throw new Error(preflight.problems.join('; '));
    // The API server has the last word on what may be asked for.
    if (!preflight.refusal)
      await client.requestTenant(request, { dryRun: true });
    // Who edited on meanwhile has not been told about this, and asks once more.
    if (latest.current === draft) setStep(steps.length);
    return preflight;
  }, [client, draft, request]);

  const [sending, send] = useAsyncFn(async () => {
    await client.requestTenant(request);
    onSent(request.name, review.value?.decision);
  }, [client, request, review.value]);

  return {
    choices,
    draft,
    change: (fields: Partial<TenantDraft>) =>
      setDraft(before => ({ ...before, ...fields })),
    isNameFree: nameCheck.isFree,
    plan,
    problems,
    step,
    /** Goes to a step; to the last one when the portal has nothing against the draft. */
    go: (to: number) => (to < steps.length ? setStep(to) : startReview()),
    review,
    sending,
    send,
    spec: request.spec,
  };
}

/** State of the form that asks for a tenant. */
export type RequestTenantForm = ReturnType<typeof useRequestTenant>;

/** What one chooses from. */
export type TenantChoices = NonNullable<RequestTenantForm['choices']['value']>;
