import type { ChangeRequest } from '../kinds/changeRequest';

/** What a request asks for, in words that go before a name. */
const actionWords: Record<ChangeRequest['spec']['action'], string> = {
  create: 'New tenant',
  changePlan: 'Other plan for',
  setEnvironments: 'Other environments for',
  setMembers: 'Other members for',
  renew: 'Longer life for',
  transfer: 'New owner of',
  offboard: 'End of',
  cordon: 'Cordon around',
  uncordon: 'No more cordon around',
  promote: 'Promotion of',
};

/** What a request asks for: `New tenant Rates desk`. */
export function requestWords({ spec }: Pick<ChangeRequest, 'spec'>): string {
  const { title } = spec.proposed;
  const what = typeof title === 'string' ? title : spec.target.name;
  return `${actionWords[spec.action]} ${what}`;
}
