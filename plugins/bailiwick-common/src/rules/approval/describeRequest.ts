import type { ChangeRequest } from '../../kinds/changeRequest';

/** What a request asks for, in words that go before a name. */
const actionWords: Record<ChangeRequest['spec']['action'], string> = {
  create: 'New tenant',
  changePlan: 'Change plan of',
  setEnvironments: 'Change environments of',
  setMembers: 'Change members of',
  renew: 'Renew',
  transfer: 'Transfer',
  offboard: 'Offboard',
  cordon: 'Cordon',
  uncordon: 'Remove cordon from',
  promote: 'Promote',
  grantAccess: 'Read access to',
};

/** What a request asks for: `New tenant Rates desk`, `Promote prices r3 to prod`, `Read access to prices in prod`. */
export function describeRequest({ spec }: Pick<ChangeRequest, 'spec'>): string {
  const { environment, release, title } = spec.proposed;
  const { name } = spec.target;
  const words = [
    actionWords[spec.action],
    typeof title === 'string' ? titleAndName(title, name) : name,
  ];
  if (spec.action === 'promote') {
    // The name of a release begins with that of its app.
    if (typeof release === 'string')
      words.push(release.replace(`${name}-`, ''));
    if (typeof environment === 'string') words.push('to', environment);
  }
  if (spec.action === 'grantAccess' && typeof environment === 'string')
    words.push('in', environment);
  return words.join(' ');
}

/** A title alone does not tell which tenant it is, unless its name follows from it. */
function titleAndName(title: string, name: string): string {
  const plain = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain === name ? title : `${title} (${name})`;
}
