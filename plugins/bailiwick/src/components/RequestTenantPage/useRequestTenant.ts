import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  bailiwickApiRef,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { asSubject } from '../useSubjects';
import { waitsForTenant } from '../waitsForTenant';
import { useNameCheck } from './useNameCheck';
import {
  emptyDraft,
  problemsOf,
  specOf,
  type TenantDraft,
} from './tenantDraft';

/** State of the form that asks for a tenant. */
export function useRequestTenant(onSent: () => void) {
  const client = useApi(bailiwickApiRef);
  const catalog = useApi(catalogApiRef);
  const [draft, setDraft] = useState<TenantDraft>(emptyDraft);
  const tenants = useLiveList<TenantView>('/tenants');
  const requests = useLiveList<RequestView>('/requests');
  const [reviewing, setReviewing] = useState(false);

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
      domains: before.domains.length
        ? before.domains
        : packs.map(({ metadata }) => metadata.name),
    }));
    return { groups, plans, subjects, tenantNames };
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
      .filter(request => waitsForTenant(request))
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
    setReviewing(true);
    return preflight;
  }, [client, request]);

  const [sending, send] = useAsyncFn(async () => {
    await client.requestTenant(request);
    onSent();
  }, [client, request]);

  return {
    choices,
    draft,
    change: (fields: Partial<TenantDraft>) =>
      setDraft(before => ({ ...before, ...fields })),
    isNameFree: nameCheck.isFree,
    plan,
    problems,
    review,
    startReview,
    reviewing,
    back: () => setReviewing(false),
    sending,
    send,
    spec: request.spec,
  };
}
