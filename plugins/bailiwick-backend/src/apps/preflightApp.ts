import {
  AnswersError,
  renderApp,
  staleForm,
} from '@bailiwick/backstage-domain-pack';
import {
  appNameTaken,
  resources,
  type Amounts,
  type App,
  type Archetype,
  type DomainPack,
  type Plan,
  type ResourceName,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  containerRequests,
  evaluateRule,
  exceededQuotaMessage,
  nounFor,
  quotaRemedy,
  sumAmounts,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppPreflightView,
  NewApp,
  QuotaAfter,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  isAlreadyExists,
  KubeApiError,
} from '@bailiwick/backstage-kube-controller';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { stringify } from 'yaml';
import { refusalMessage } from '../http';
import type { AppService } from './AppService';

type Step = AppPreflightView['steps'][number];

/** Objects that an app is created from, if they exist. */
interface Found {
  pack?: DomainPack;
  archetype?: Archetype;
}

/**
 * Predicts the creation of an app in the current state; creates nothing.
 *
 * @param steps - the person's steps, with the decisions of the portal's policy
 */
export async function preflightApp(
  { apps, kubernetes }: { apps: AppService; kubernetes: KubernetesService },
  person: Person,
  tenant: Tenant,
  wanted: NewApp,
  steps: Step[],
): Promise<AppPreflightView> {
  const { packs, plans } = kubernetes.lists;
  const pack = packs.get(wanted.archetype.pack);
  const archetype = pack?.spec.archetypes.find(
    ({ name }) => name === wanted.archetype.name,
  );
  const found = { pack, archetype };
  const code = render(found, tenant, wanted);
  const tried = await tryOut(apps, person, tenant, wanted);
  const plan = plans.get(tenant.spec.plan);
  const quota = quotaAfter(found, tenant, plan, wanted);
  return {
    problems: [
      ...steps.flatMap(({ name, refusal }) =>
        refusal ? `${name}: ${refusal}` : [],
      ),
      ...(code.problem ? [code.problem] : []),
      ...(tried.problem ? [tried.problem] : []),
      ...quota
        .filter(({ fits, what }) => !fits && what !== 'apps')
        .map(({ limit, more, used, what }) => {
          const named = (amount: string) => [
            `${amount} ${nounFor(resources[what].noun, amount)}`,
          ];
          return `${exceededQuotaMessage({
            limited: named(limit),
            requested: named(more),
            used: named(used),
          })} ${quotaRemedy}`;
        }),
    ],
    steps,
    rules: rulesOf(pack, apps.wanted(tenant, wanted)),
    files: code.files ?? [],
    ...(tried.app && { object: yamlOf(tried.app) }),
    quota,
  };
}

/** Returns the rules of the pack for its apps; the API server makes the final decision. */
function rulesOf(
  pack: DomainPack | undefined,
  { spec: app }: App,
): AppPreflightView['rules'] {
  return (pack?.spec.policies ?? []).map(({ message, rule }) => {
    try {
      return { message, holds: evaluateRule(rule, { app }) };
    } catch {
      return { message, holds: false };
    }
  });
}

async function tryOut(
  apps: AppService,
  person: Person,
  { metadata }: Tenant,
  wanted: NewApp,
): Promise<{ app?: App; problem?: string }> {
  try {
    return { app: await apps.tryOut(person, metadata.name, wanted) };
  } catch (error) {
    if (isAlreadyExists(error)) return { problem: appNameTaken(wanted.name) };
    // Other errors are not the app's fault: the form shows them and offers a retry.
    const isRefusal =
      error instanceof KubeApiError
        ? [400, 403, 422].includes(error.status)
        : (error as Error).name === 'InputError';
    if (!isRefusal) throw error;
    return { problem: refusalMessage(error as Error) };
  }
}

/** Returns the remaining quota of the environment, by the requests of pods. */
function quotaAfter(
  { archetype, pack }: Found,
  { status }: Tenant,
  plan: Plan | undefined,
  { environment, results }: NewApp,
): QuotaAfter[] {
  const place = status?.environments?.find(({ name }) => name === environment);
  const runtime = pack?.spec.runtimes.find(
    ({ name }) => name === archetype?.runtime,
  );
  if (!place?.used || !place.limit || !plan || !runtime) return [];
  const { defaultContainer } = plan.spec.perEnvironment;
  const requests = containerRequests(runtime.limits, defaultContainer);
  // A consumer is a second container, and a run a second pod while it lasts.
  const isDouble = archetype?.run || archetype?.consume;
  const more: Partial<Amounts> = {
    apps: 1,
    pods: archetype?.run ? 2 : 1,
    ...(isDouble ? sumAmounts([requests, requests]) : requests),
    storage: results
      ? undefined
      : archetype?.run?.storage ?? archetype?.consume?.storage,
  };
  const { limit, used } = place;
  return (Object.keys(more) as ResourceName[]).flatMap(what => {
    const plus = more[what];
    if (plus === undefined) return [];
    const [now, most] = [used[what] ?? 0, limit[what] ?? 0];
    return {
      what,
      used: String(now),
      more: String(plus),
      limit: String(most),
      fits: amountToNumber(now) + amountToNumber(plus) <= amountToNumber(most),
    };
  });
}

/** Returns the part of an object that people read. */
function yamlOf({ apiVersion, kind, metadata, spec }: App): string {
  const { name, namespace } = metadata;
  return stringify({ apiVersion, kind, metadata: { name, namespace }, spec });
}

function render(
  { archetype, pack }: Found,
  tenant: Tenant,
  { archetype: reference, ...wanted }: NewApp,
): { files?: AppPreflightView['files']; problem?: string } {
  if (!pack || !archetype)
    return {
      problem: `Archetype "${reference.name}" was not found in pack "${reference.pack}"`,
    };
  const problem = staleForm(pack, reference);
  if (problem) return { problem };
  try {
    const { files } = renderApp(archetype, pack, {
      ...wanted,
      tenant: tenant.metadata.name,
      owner: tenant.spec.owners[0],
    });
    return { files };
  } catch (error) {
    const isOfForm = error instanceof AnswersError;
    const { message } = error as Error;
    return {
      problem: isOfForm
        ? message
        : `The template can't be rendered: ${message}`,
    };
  }
}
