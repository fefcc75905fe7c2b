/** @jest-environment node */
import {
  coreKinds,
  type KubeObject as AnyObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { plan } from '@bailiwick/backstage-testing/objects';
import { aTenant } from '../__fixtures__/objects';
import { hiddenTitles, shownTitles } from '../__fixtures__/titles';
import { validate, type Kind, type KubeObject } from './schema/kind';
import { clusterKind, connectionKind, planKind, tenantKind } from '.';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

interface Definition extends AnyObject {
  spec: { versions: { schema: { openAPIV3Schema: Record<string, any> } }[] };
}

const hidden = 'Small\u202e';
const clusterObject = {
  apiVersion: clusterKind.apiVersion,
  kind: clusterKind.kind,
  metadata: { name: 'west' },
  spec: { title: hidden, provider: 'existing' },
};
const connectionObject = {
  apiVersion: connectionKind.apiVersion,
  kind: connectionKind.kind,
  metadata: { name: 'broker' },
  spec: {
    title: hidden,
    pack: 'market',
    name: 'broker',
    host: 'broker.example',
    port: 8883,
    egress: { cidrs: ['10.20.0.5/32'] },
  },
};

integration('titles on a real API server', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  const resource = (kind: Kind) =>
    cluster.client.resource(kind as ResourceType);
  /** Why the API server refuses an object; empty when it does not. */
  const refusal = (kind: Kind, object: KubeObject<unknown, unknown>) =>
    resource(kind)
      .create(object, { dryRun: true })
      .then(() => '', String);

  it.each(Object.entries(shownTitles))(
    'may have %s, as in the portal',
    async (_, title) => {
      expect(validate(tenantKind, aTenant({ title }))).toEqual([]);
      expect(await refusal(tenantKind, aTenant({ title }))).toBe('');
    },
  );

  it.each(Object.entries(hiddenTitles))(
    'may not have %s, as in the portal',
    async (_, title) => {
      expect(validate(tenantKind, aTenant({ title }))).toEqual([
        'spec.title: must have visible characters and no invisible ones',
      ]);
      expect(await refusal(tenantKind, aTenant({ title }))).toMatch(
        /spec\.title: Invalid value/,
      );
    },
  );

  // The API server checks only what an update changes (ratcheting, enabled by default since Kubernetes 1.30).
  it.each([
    {
      kind: planKind,
      object: plan('old', { title: hidden }),
      change: { order: 7 },
    },
    {
      kind: clusterKind,
      object: clusterObject,
      change: { networking: { profile: 'none' } },
    },
    {
      kind: connectionKind,
      object: connectionObject,
      change: { port: 1883 },
    },
  ])(
    'of a $kind.kind that was created before its title was checked stay until they change',
    async ({ change, kind, object }) => {
      const { name } = object.metadata;
      const definitions = cluster.client.resource<Definition>(
        coreKinds.customResourceDefinitions as ResourceType<Definition>,
      );
      const definition = `${kind.plural}.bailiwick.dev`;
      const titleOf = ({ spec }: Definition) =>
        spec.versions[0].schema.openAPIV3Schema.properties.spec.properties
          .title;
      const setPattern = async (pattern?: string) => {
        const current = await definitions.get(definition);
        titleOf(current).pattern = pattern;
        await definitions.replace(current);
        await eventually('The definition is in force', async () => {
          const other = { ...object, metadata: { name: `${name}-2` } };
          return (await refusal(kind, other)) === '' ? !pattern : !!pattern;
        });
      };
      const { pattern } = titleOf(await definitions.get(definition));
      expect(await refusal(kind, object)).toMatch(/spec\.title: Invalid/);

      await setPattern(undefined);
      await resource(kind).create(object);
      await setPattern(pattern);

      await resource(kind).patch(name, { spec: change });
      expect(await resource(kind).get(name)).toMatchObject({
        spec: { title: hidden, ...change },
      });
      await expect(
        resource(kind).patch(name, { spec: { title: `${hidden}!` } }),
      ).rejects.toThrow(/spec\.title: Invalid value/);
      await resource(kind).patch(name, { spec: { title: 'Small' } });
    },
    60_000,
  );
});
