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
import useAsync from 'react-use/esm/useAsync';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { asSubject } from '../useSubjects';
import { isPendingTenantRequest } from '../isPendingTenantRequest';
import { useNameCheck } from './useNameCheck';
import { problemsOf, specOf, type TenantDraft } from './tenantDraft';
import { useKeptDraft } from './useKeptDraft';
import { useTenantCheck } from './useTenantCheck';

/**
 * State of the form that requests a tenant.
 *
 * @param edited - the pending request that the form edits
 * @param onSent - called with the portal's prediction of the decision
 */
export function useRequestTenant(
  edited: RequestView | undefined,
  onSent: (name: string, decision?: PreflightDecision) => void,
) {
  const client = useApi(bailiwickApiRef);
  const catalog = useApi(catalogApiRef);
  const [draft, setDraft, forgetDraft] = useKeptDraft(edited);
  const replaces = edited?.metadata.name;
  const tenants = useLiveList<TenantView>('/tenants');
  const requests = useLiveList<RequestView>('/requests');

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
    // Only groups with a name of their own in the catalog can own a tenant.
    const groups = subjects.filter(({ ref }) => me.groups.includes(ref));
    const tenantNames = people.items
      .filter(({ kind }) => kind === 'Domain')
      .map(({ metadata }) => metadata.name);
    const isGroup = (owner: string) => groups.some(({ ref }) => ref === owner);
    const isPlan = (name: string) =>
      plans.some(({ metadata }) => metadata.name === name);
    // A choice of one needs no choosing; any other is the person's.
    setDraft(before => ({
      ...before,
      owner: isGroup(before.owner) ? before.owner : onlyOne(groups)?.ref ?? '',
      plan: isPlan(before.plan)
        ? before.plan
        : onlyOne(plans)?.metadata.name ?? '',
      domains:
        before.domains.length > 0 || packs.length > 1
          ? before.domains
          : packs.map(({ metadata }) => metadata.name),
    }));
    return { groups, packs, plans, subjects, tenantNames };
  }, [client, catalog, setDraft]);

  const plan = choices.value?.plans.find(
    ({ metadata }) => metadata.name === draft.plan,
  );
  const nameCheck = useNameCheck(draft.name, replaces);
  const problems = problemsOf(draft, plan, {
    problem: nameCheck.problem,
    // The catalog also contains tenants of which the person is not a member.
    tenants: [
      ...(tenants.value ?? []).map(({ metadata }) => metadata.name),
      ...(choices.value?.tenantNames ?? []),
    ],
    waiting: (requests.value ?? [])
      .filter(request => isPendingTenantRequest(request))
      .filter(({ metadata }) => metadata.name !== replaces)
      .map(({ spec }) => spec.target.name),
  });
  const request = {
    name: draft.name,
    spec: specOf(draft),
    reason: draft.reason,
    replaces,
  };

  const isComplete = Object.keys(problems).length === 0;
  const check = useTenantCheck(isComplete ? request : undefined);

  const [sending, send] = useAsyncFn(async () => {
    await client.requestTenant(request);
    forgetDraft();
    onSent(request.name, check.preflight?.decision);
  }, [client, request, check.preflight]);

  return {
    choices,
    draft,
    change: (fields: Partial<TenantDraft>) =>
      setDraft(before => ({ ...before, ...fields })),
    isNameFree: nameCheck.isFree,
    plan,
    problems,
    check,
    sending,
    send,
    spec: request.spec,
  };
}

function onlyOne<T>(items: T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** State of the form that requests a tenant. */
export type RequestTenantForm = ReturnType<typeof useRequestTenant>;

/** Choices of the form. */
export type TenantChoices = NonNullable<RequestTenantForm['choices']['value']>;
