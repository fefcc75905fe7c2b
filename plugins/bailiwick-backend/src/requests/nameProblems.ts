import {
  brokenRules,
  lookAlike,
  tenantNameLookAlike,
  tenantNameRules,
  tenantNameTaken,
  tenantNameWaiting,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isInProgress } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Names that a new tenant cannot have. */
export interface NamesInUse {
  tenants: string[];
  /** Names in open requests. */
  waiting: string[];
}

/**
 * Returns the names of all tenants and of requested ones.
 *
 * @param except - name of a request that does not count
 */
export function namesInUse(
  {
    requests,
    tenants,
  }: Pick<KubernetesService['lists'], 'requests' | 'tenants'>,
  except?: string,
): NamesInUse {
  return {
    tenants: tenants.list().map(({ metadata }) => metadata.name),
    waiting: requests
      .list()
      .filter(
        request =>
          request.metadata.name !== except &&
          request.spec.action === 'create' &&
          isInProgress(request),
      )
      .map(({ spec }) => spec.target.name),
  };
}

/** Why a new tenant cannot have a name; empty when it can. */
export function nameProblems(name: string, inUse: NamesInUse): string[] {
  const broken = brokenRules(tenantNameRules, name);
  return broken.length > 0 ? broken : nameConflicts(name, inUse);
}

/** Why a legal name is not to be had: not free, or easily taken for another; empty when it is. */
function nameConflicts(
  name: string,
  { tenants, waiting }: NamesInUse,
): string[] {
  if (tenants.includes(name)) return [tenantNameTaken(name)];
  if (waiting.includes(name)) return [tenantNameWaiting(name)];
  const similar = [...tenants, ...waiting].find(other =>
    lookAlike(name, other),
  );
  return similar ? [tenantNameLookAlike(similar)] : [];
}
