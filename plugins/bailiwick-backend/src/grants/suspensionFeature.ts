import type { LoggerService } from '@backstage/backend-plugin-api';
import { toInstant } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  grantKind,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  KubernetesService,
  PeopleService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { BailiwickConfig } from '../config';
import type { Feature } from '../feature';

/** Milliseconds between two checks. */
const interval = 15_000;
/** The portal's own identity. */
const portal = { user: 'bailiwick:portal', groups: [] };

/** Services of the suspension. */
export interface SuspensionOptions {
  config: Pick<BailiwickConfig, 'publicUrl'>;
  kubernetes: Pick<KubernetesService, 'as' | 'lists'>;
  logger: LoggerService;
  people: PeopleService;
}

/**
 * Suspends the tokens of people who have left, and ends this when they are back. Tokens are not deleted, because a
 * directory that fails can look like one that everyone has left.
 */
export function createSuspensionFeature(options: SuspensionOptions): Feature {
  let timer: NodeJS.Timeout | undefined;
  let checking: Promise<void> | undefined;
  const check = () => {
    checking ??= suspendTokens(options)
      .catch(error =>
        options.logger.warn(
          `Can't check the owners of tokens; checking again: ${error}`,
        ),
      )
      .finally(() => {
        checking = undefined;
      });
  };
  return {
    start: async () => {
      timer = setInterval(check, interval).unref();
    },
    stop: async () => {
      clearInterval(timer);
      await checking;
    },
  };
}

/** Writes the departure of people into the status of their grants. */
async function suspendTokens({
  config,
  kubernetes,
  logger,
  people,
}: SuspensionOptions): Promise<void> {
  const changed = await findChanged(
    kubernetes.lists.grants.list(),
    config.publicUrl,
    people,
  );
  if (changed.length === 0) return;
  const client = kubernetes.as(portal).resource<Grant>(grantKind);
  for (const { metadata, spec, status } of changed) {
    const isBack = Boolean(status?.suspendedAt);
    const { name, namespace } = metadata;
    await client.patchStatus(
      name,
      { suspendedAt: isBack ? null : toInstant(new Date()) },
      { namespace, fieldManager: 'bailiwick-portal' },
    );
    logger.info(
      isBack
        ? `Token ${namespace}/${name} works again, because ${spec.subject} is back`
        : `Suspended token ${namespace}/${name}, because ${spec.subject} has left`,
    );
  }
}

/**
 * Returns the grants to suspend, and the suspended ones that work again. Only grants that people created in this portal
 * count, and those that name no portal and derive from the person's own membership. The subjects of others may be people
 * of another catalog, or of none.
 *
 * @param publicUrl - address of this portal
 */
export async function findChanged(
  all: Grant[],
  publicUrl: string,
  people: Pick<PeopleService, 'findAbsent' | 'findDeparted'>,
): Promise<Grant[]> {
  const grants = all.filter(({ metadata, spec }) => {
    const portalUrl = metadata.annotations?.[annotations.portal];
    return portalUrl
      ? portalUrl === publicUrl
      : spec.membership === spec.subject;
  });
  const subjects = grants.map(({ spec }) => spec.subject);
  const absent = await people.findAbsent(subjects);
  const departed = await people.findDeparted(subjects);
  return grants.filter(({ spec: { subject }, status }) =>
    status?.suspendedAt ? !absent.has(subject) : departed.has(subject),
  );
}
