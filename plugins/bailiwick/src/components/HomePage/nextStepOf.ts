import {
  canBuildAs,
  isInProgress,
  templateName,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  MeView,
  PackView,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { onlyAsksForData } from '../access/useAppAccess';

/** Target of a step. */
export type Place = 'request tenant' | 'requests' | 'templates' | 'tenants';

/** The one thing to do next. */
interface NextStep {
  title: string;
  text: string;
  button: string;
  to: Place;
  /** Name of the tenant that it leads to, where it leads to one. */
  tenant?: string;
  /** Name of the template that it leads to, where it leads to one. */
  template?: string;
}

/** Inputs of the next step. */
export interface Situation {
  apps: AppView[];
  /** Absent if the portal cannot identify the reader. */
  me?: MeView;
  packs?: PackView[];
  requests: RequestView[];
  tenants: TenantView[];
}

/**
 * Returns the reader's most important next step: decide requests, renew a tenant, request one, or create the first
 * app; `undefined` when nothing is pressing.
 */
export function nextStepOf({
  apps,
  me,
  packs = [],
  requests,
  tenants,
}: Situation): NextStep | undefined {
  const pending = requests.filter(({ canDecide }) => canDecide).length;
  if (pending > 0)
    return {
      title: 'Review pending requests',
      text:
        pending === 1
          ? 'A request is pending your approval. Review the changes, then approve or deny it.'
          : `${pending} requests are pending your approval. Review the changes, then approve or deny them.`,
      button: 'View requests',
      to: 'requests',
    };
  const mine = tenants.filter(({ myRole }) => myRole);
  const suspended = mine.find(({ status }) => status?.suspendedAt);
  if (suspended)
    return {
      title: `${suspended.spec.title} has expired`,
      text: `Its apps are stopped. Its data is kept until the grace period ends. ${
        suspended.myRole === 'owner'
          ? 'Renew it if you still need it, or download an archive.'
          : 'Ask an owner to renew it if it is still needed.'
      }`,
      button: 'View tenant',
      to: 'tenants',
      tenant: suspended.metadata.name,
    };
  if (apps.length > 0 || (me?.platformEngineer && mine.length === 0))
    return undefined;
  if (mine.length > 0)
    return stepInside(
      mine.filter(({ myRole }) => canBuildAs(myRole)),
      packs,
    );
  return stepOutside(me, requests);
}

/** For a person without a tenant. */
function stepOutside(
  me: MeView | undefined,
  requests: RequestView[],
): NextStep {
  if (onlyAsksForData(requests))
    return {
      title: 'Your access request is pending',
      text: 'When an owner approves it, the data appears on this page.',
      button: 'View request',
      to: 'requests',
    };
  if (requests.some(one => one.mine && isInProgress(one)))
    return {
      title: 'Your request is pending',
      text: 'Track its progress on this page. The tenant appears here when it is created.',
      button: 'View request',
      to: 'requests',
    };
  if (me?.groups.length === 0)
    return {
      title: 'Join a group or a tenant',
      text: 'Tenants belong to groups, and you belong to none. Ask the platform team to add you to your team’s group, or a tenant owner to add you as a member.',
      button: 'Browse templates',
      to: 'templates',
    };
  return {
    title: 'Request your first tenant',
    text: 'A tenant gives your team environments, members and quotas. Requesting one takes a minute. If your team already has a tenant, ask one of its owners to add you.',
    button: 'Request a tenant',
    to: 'request tenant',
  };
}

/** For a member of tenants without apps. */
function stepInside(building: TenantView[], packs: PackView[]): NextStep {
  const first = firstAppOf(building, packs);
  if (first) return first;
  return building.length > 0
    ? {
        title: 'Create your first app',
        text: 'Pick a template for your domain and fill in a short form. The portal does the rest.',
        button: 'Pick a template',
        to: 'templates',
      }
    : {
        title: 'Read your team’s data',
        text: 'Your tenants have no apps yet. When a builder creates one, you can read its results here and in your own tools.',
        button: 'View tenants',
        to: 'tenants',
      };
}

/** The first app that a domain of the reader's tenants proposes. */
function firstAppOf(
  building: TenantView[],
  packs: PackView[],
): NextStep | undefined {
  const domains = building.flatMap(({ spec }) => spec.domains);
  const pack = packs.find(
    ({ metadata, spec }) => spec.journey && domains.includes(metadata.name),
  );
  const archetype = pack?.spec.archetypes.find(
    ({ name }) => name === pack.spec.journey?.firstApp,
  );
  if (!pack || !archetype) return undefined;
  return {
    title: 'Create your first app',
    text: `Start with ${archetype.title} (${pack.spec.title}). ${archetype.description} It takes about ${archetype.minutes} minutes. The Create page lists all templates.`,
    button: 'Create app',
    to: 'templates',
    template: templateName(pack.metadata.name, archetype.name),
  };
}
