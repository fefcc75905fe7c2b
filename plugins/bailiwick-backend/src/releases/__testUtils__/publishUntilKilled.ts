// Publishes releases of an app with other answers again and again, and prints each, until it is killed.
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { ReleaseService } from '../ReleaseService';

const [path, person, app] = process.argv.slice(2);
const client = KubeClient.fromKubeconfig({ path, userAgent: 'portal' });
const bea = JSON.parse(person);
const view = JSON.parse(app);
const archetypes = [{ name: 'price-feed', runtime: 'market-py' }];
const packs = [{ metadata: { name: 'market' }, spec: { archetypes } }];
const releases = new ReleaseService({
  kubernetes: {
    as: () => client.as({ user: bea.user, groups: bea.groups }),
    lists: {
      pods: { list: () => [] },
      packs: { get: () => packs[0], list: () => packs },
    },
  } as never,
});
for (let count = 0; ; count += 1) {
  view.spec.answers = { attempt: `${process.pid}-${count}` };
  const { metadata } = await releases.publish(bea, view, 'dev');
  process.stdout.write(`${metadata.name}\n`);
}
