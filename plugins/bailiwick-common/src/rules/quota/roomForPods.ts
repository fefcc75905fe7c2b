import {
  resourceNames,
  type Amounts,
  type ContainerResource,
  type ResourceName,
} from '../../kinds/planResources';
import { amountToNumber, type StoredAmount } from './amounts';

/** The resource of which a quota has least left for further pods. */
export interface ScarcestResource {
  resource: ResourceName;
  /** How many more pods fit; negative when more is used than allowed. */
  room: number;
  /** What each pod needs of it. */
  need: StoredAmount;
}

/**
 * Finds how many more pods fit into a quota. Resources without a limit are never scarce.
 *
 * @param each - what one pod requests
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
