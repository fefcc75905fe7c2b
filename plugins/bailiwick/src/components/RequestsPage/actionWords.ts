import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common';

/** What a request asks for, in words that go before a name. */
export const actionWords: Record<ChangeRequest['spec']['action'], string> = {
  create: 'New tenant',
  changePlan: 'Other plan for',
  setEnvironments: 'Other environments for',
  renew: 'Longer life for',
  transfer: 'New owner of',
  offboard: 'End of',
  promote: 'Promotion of',
};
