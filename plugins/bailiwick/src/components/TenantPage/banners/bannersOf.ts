import { durationToMilliseconds } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { firstWarningDays } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Color } from '@material-ui/lab/Alert';
import {
  formatCount,
  formatDate,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import type { TenantFacts } from '../facts/TenantFacts';

/** An important fact about a tenant for all of its members. */
export interface Banner {
  severity: Color;
  title: string;
  /** Cause, date, and what to do. */
  text: string;
  /** Button of the banner. */
  offers?: 'renew' | 'uncordon';
}

const day = 86_400_000;

/** Returns the banners of a tenant, the most urgent first. */
export function bannersOf(
  { plan, tenant }: Pick<TenantFacts, 'plan' | 'tenant'>,
  now: number,
): Banner[] {
  const { cordon, expiresAt } = tenant.spec;
  const { deletionTimestamp } = tenant.metadata;
  const banners: Banner[] = [];
  if (deletionTimestamp) {
    banners.push({
      severity: 'error',
      title: 'Being deleted',
      text: `The deletion of this tenant and all its contents started on ${formatDate(
        deletionTimestamp,
      )} and can’t be canceled. The Requests tab shows who requested it.`,
    });
    return banners;
  }
  if (cordon) {
    banners.push({
      severity: 'warning',
      title: `Cordoned since ${formatDate(cordon.at)}`,
      text: `Members have read-only access; running apps continue. Reason: “${cordon.reason}”. Ask the platform team when the cordon will be lifted.`,
      offers: 'uncordon',
    });
  }
  if (expiresAt) banners.push(...endBanners(tenant, expiresAt, plan, now));
  return banners;
}

function endBanners(
  { status }: TenantView,
  expiresAt: string,
  plan: TenantFacts['plan'],
  now: number,
): Banner[] {
  const left = Date.parse(expiresAt) - now;
  if (status?.suspendedAt || status?.phase === 'Suspended') {
    const from = Date.parse(status.suspendedAt ?? expiresAt);
    const kept =
      plan &&
      formatDate(
        new Date(
          from + durationToMilliseconds(plan.spec.gracePeriod),
        ).toISOString(),
      );
    return [
      {
        severity: 'error',
        title: 'Suspended',
        text: `The tenant expired on ${formatDate(
          expiresAt,
        )}. Its apps are stopped, and its data is kept${
          kept ? ` until ${kept}` : ''
        }. Renew the tenant to start its apps again.`,
        offers: 'renew',
      },
    ];
  }
  if (left <= 0)
    return [
      {
        severity: 'error',
        title: `Expired on ${formatDate(expiresAt)}`,
        text: 'Its apps will be stopped. Renew it to keep them running.',
        offers: 'renew',
      },
    ];
  if (left > firstWarningDays * day) return [];
  const days = Math.ceil(left / day);
  return [
    {
      severity: 'warning',
      title: `Expires in ${formatCount(days, 'day')}`,
      text: `On ${formatDate(
        expiresAt,
      )} its apps will be stopped and its data will be kept for the grace period. To keep the apps running, renew the tenant before that date.`,
      offers: 'renew',
    },
  ];
}
