import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useAsyncFn from 'react-use/esm/useAsyncFn';
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
  const [reviewing, setReviewing] = useState(false);

  const choices = useAsync(async () => {
    const [me, plans, packs, people] = await Promise.all([
      client.getMe(),
      client.listPlans(),
      client.listPacks(),
      catalog.getEntities({
        filter: [{ kind: 'User' }, { kind: 'Group' }],
        fields: ['kind', 'metadata', 'spec.profile.displayName', 'spec.type'],
      }),
    ]);
    const subjects = people.items
      .filter(({ spec }) => spec?.type !== 'tenant')
      .map(entity => stringifyEntityRef(entity));
    setDraft(before => ({
      ...before,
      owner: before.owner || (me.groups[0] ?? ''),
      plan: before.plan || (plans[0]?.metadata.name ?? ''),
      domains: before.domains.length
        ? before.domains
        : packs.map(({ metadata }) => metadata.name),
    }));
    return { me, plans, packs, subjects };
  }, [client, catalog]);

  const plan = choices.value?.plans.find(
    ({ metadata }) => metadata.name === draft.plan,
  );
  const problems = problemsOf(draft, plan);
  const request = {
    name: draft.name,
    spec: specOf(draft),
    reason: draft.reason,
  };

  const [review, startReview] = useAsyncFn(async () => {
    await client.requestTenant(request, { dryRun: true });
    setReviewing(true);
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
