import type { ChangeRequest } from '../../kinds/changeRequest';
import { labelSchema, titleSchema } from '../../kinds/schema/scalars';

/** Description of each action, for use before a name. */
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

/** Fields of a proposal that appear in the description. */
const fields = {
  environment: labelSchema,
  release: labelSchema,
  title: titleSchema,
};

/**
 * Returns a description of a request: `New tenant Rates desk`, `Promote prices r3 to prod`, or
 * `Read access to prices in prod`. Invalid fields are omitted, because owners are notified of invalid requests, too,
 * and strangers must not choose the text.
 */
export function describeRequest({ spec }: Pick<ChangeRequest, 'spec'>): string {
  const { action, proposed, target } = spec;
  const { name } = target;
  const field = (key: keyof typeof fields): string | undefined =>
    fields[key].safeParse(proposed[key]).data;
  const title = action === 'create' ? field('title') : undefined;
  const words = [actionWords[action], title ? titleAndName(title, name) : name];
  const environment = field('environment');
  if (action === 'promote') {
    // The name of a release begins with that of its app.
    const release = field('release')?.replace(`${name}-`, '');
    if (release) words.push(release);
    if (environment) words.push('to', environment);
  }
  if (action === 'grantAccess' && environment) words.push('in', environment);
  return words.join(' ');
}

/** Returns a title with the name, unless the name follows from the title. */
function titleAndName(title: string, name: string): string {
  const plain = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain === name ? title : `${title} (${name})`;
}
