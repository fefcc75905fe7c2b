import {
  findCondition,
  type TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { withInstantWords } from '../dateWords';

/** One sentence on how a tenant is. */
export function tenantWhy({ status }: TenantView): string {
  return withInstantWords(
    findCondition(status, 'Ready')?.message ?? 'Being set up',
  );
}
