import {
  resourceNames,
  type Amounts,
  type ContainerResource,
  type ResourceName,
} from '../../kinds/planResources';
import { amountToNumber, type StoredAmount } from './amounts';

/** The resource of a quota with the least room for further pods. */
export interface ScarcestResource {
  resource: ResourceName;
  /** Number of additional pods that fit; negative if usage exceeds the limit. */
  room: number;
  /** Request of one pod. */
  need: StoredAmount;
}

/**
 * Returns the scarcest resource and the number of pods that fit into a quota. Resources without a limit are never
 * scarce.
 *
 * @param each - requests of one pod
 */
export function roomForPods(
  { limit, used }: { limit: Partial<Amounts>; used: Partial<Amounts> },
  each: Pick<Partial<Amounts>, ContainerResource>,
): ScarcestResource | undefined {
  const needs: Partial<Amounts> = { ...each, pods: 1 };
  const rooms = resourceNames.flatMap(resource => {
    const need = needs[resource];
    if (!thousandths(need) || limit[resource] === undefined) return [];
    const left = thousandths(limit[resource]) - thousandths(used[resource]);
    return {
      resource,
      need: need!,
      room: Math.floor(left / thousandths(need)),
    };
  });
  return rooms.sort((a, b) => a.room - b.room)[0];
}

/** Whole numbers, which can be compared. */
function thousandths(amount: StoredAmount | undefined): number {
  return Math.round(amountToNumber(amount) * 1000);
}
