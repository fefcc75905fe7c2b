import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { SignedIn } from '../portal/signIn';
import { json, post } from './calls';
import type { Playbook } from './Playbook';

/** Fills the form of a template and waits for its task. @throws Error with the task's own words */
export async function fillTemplate(
  play: Playbook,
  person: SignedIn,
  template: string,
  values: Record<string, unknown>,
): Promise<void> {
  const { id } = await json<{ id: string }>(
    person.fetch(
      '/api/scaffolder/v2/tasks',
      post({ templateRef: `template:default/${template}`, values }),
    ),
    201,
  );
  const status = await play.eventually(
    'The end of the template',
    60,
    async () => {
      const task = await json<{ status: string }>(
        person.fetch(`/api/scaffolder/v2/tasks/${id}`),
      );
      return ['completed', 'failed'].find(end => end === task.status);
    },
  );
  if (status === 'completed') return;
  const events = await json<{ body: { message: string } }[]>(
    person.fetch(`/api/scaffolder/v2/tasks/${id}/events`),
  );
  throw new Error(
    events
      .map(({ body }) => body.message)
      .slice(-6)
      .join(' '),
  );
}

/** The app as its Deploy tab shows it, once it is healthy. */
export function healthyApp(
  play: Playbook,
  person: SignedIn,
  { app, tenant }: { tenant: string; app: string },
): Promise<DeploymentView> {
  return play.eventually('A healthy app', 180, async () => {
    const view = await person.client.getDeployment(tenant, app);
    const [dev] = view.app.status?.environments ?? [];
    if (dev?.health === 'Healthy' && dev.contract) return view;
    throw new Error(dev?.why ?? 'Not reconciled yet');
  });
}
