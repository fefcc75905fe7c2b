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

/**
 * Writes the departure of people into the status of the grants that they created in this portal. The subjects of others
 * may be people of another catalog, or of none.
 */
export async function suspendTokens({
  config,
  kubernetes,
  logger,
  people,
}: SuspensionOptions): Promise<void> {
  const grants = kubernetes.lists.grants
    .list()
    .filter(
      ({ metadata }) =>
        metadata.annotations?.[annotations.portal] === config.publicUrl,
    );
  const departed = await people.findDeparted(
    grants.map(({ spec }) => spec.subject),
  );
  const changed = grants.filter(
    ({ spec, status }) =>
      departed.has(spec.subject) !== Boolean(status?.suspendedAt),
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
