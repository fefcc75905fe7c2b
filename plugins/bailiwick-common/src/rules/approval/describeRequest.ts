import type { ChangeRequest } from '../../kinds/changeRequest';
import { labelSchema, titleSchema } from '../../kinds/schema/scalars';
import { formatRelease } from '../format/formatRelease';

/** Description of each action, for use before a name. */
const actionWords: Record<ChangeRequest['spec']['action'], string> = {
  create: 'New tenant',
  changePlan: 'Change plan of',
  setEnvironments: 'Change environments of',
  setMembers: 'Change members of',
  renew: 'Renew',
  transfer: 'Transfer',
  offboard: 'Delete',
  cordon: 'Cordon',
  uncordon: 'Lift cordon of',
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
 * Returns a description of a request: `New tenant Rates desk`, `Promote prices r3 to prod`,
 * `Roll prices in prod back to r2`, or `Read access to prices in prod`. Invalid fields are omitted, because owners are
 * notified of invalid requests, too, and strangers must not choose the text.
 *
 * @param request - with the display name of its tenant or app, if known: `Promote Month-end prices r3 to prod`
 * @public
 */
export function describeRequest({
  spec,
  status,
  targetTitle,
}: Pick<ChangeRequest, 'spec' | 'status'> & { targetTitle?: string }): string {
  const { action, proposed, target } = spec;
  const { name } = target;
  const field = (key: keyof typeof fields): string | undefined =>
    fields[key].safeParse(proposed[key]).data;
  const title = action === 'create' ? field('title') : undefined;
  const words = [
    actionWords[action],
    title ? titleAndName(title, name) : targetTitle ?? name,
  ];
  const environment = field('environment');
  const release = field('release');
  if (release && environment && isRollback(release, status?.before?.release))
    return `Roll ${
      targetTitle ?? name
    } in ${environment} back to ${formatRelease(release)}`;
  if (action === 'promote') {
    if (release) words.push(formatRelease(release));
    if (environment) words.push('to', environment);
  }
  if (action === 'grantAccess' && environment) words.push('in', environment);
  return words.join(' ');
}

/** Whether a promotion replaces a release by an older one of the same app. */
function isRollback(release: string, before: unknown): boolean {
  const [, app, number] = /^(.+)-r(\d+)$/.exec(release) ?? [];
  const [, sameApp, newer] = /^(.+)-r(\d+)$/.exec(String(before)) ?? [];
  return app !== undefined && app === sameApp && Number(number) < Number(newer);
}

/** Returns a title with the name, unless the name follows from the title. */
function titleAndName(title: string, name: string): string {
  const plain = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain === name ? title : `${title} (${name})`;
}
