import {
  coreKinds,
  KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { signIn, type SignedIn } from '../portal/signIn';
import type { StackState } from '@bailiwick/backstage-cli';
import {
  approve,
  basicLogin,
  findTenant,
  json,
  openRequest,
  post,
  readyTenant,
} from './calls';
import { checkGateway } from './checkGateway';
import { fillTemplate, healthyApp } from './makeApp';
import { playPackages } from './playPackages';
import { playPacks } from './playPacks';
import { playPromotion } from './playPromotion';
import { editDraft, withMarker } from './editDraft';
import { expectEqual, expectStatus } from './expect';
import type { Playbook } from './Playbook';
import { playTenantLife } from './playTenantLife';

/** Tenant of the demo. */
export const demoTenant = 'rates-desk';
const environment = 'dev';
/** App of the demo's tenant. */
export const demoApp = 'month-end-prices';
/** Template of the demo's app. */
export const demoTemplate = 'finance-price-feed';

/** Less than the maximum lifetime of the plan, so that a renewal extends it. */
const firstLifeMs = 90 * 86_400_000;

/** Requests the tenant of the demo. */
function requestTenant({ client }: SignedIn): Promise<RequestView> {
  return client.requestTenant({
    name: demoTenant,
    reason: 'Prices for the morning meeting.',
    spec: {
      title: 'Rates desk',
      purpose: 'Curves and prices for the morning meeting.',
      owners: ['group:default/rates'],
      members: [
        { subject: 'user:default/bea', role: 'builder' },
        { subject: 'group:default/traders', role: 'viewer' },
      ],
      plan: 'small',
      domains: ['finance'],
      expiresAt: new Date(Date.now() + firstLifeMs).toISOString(),
      environments: [{ name: environment }, { name: 'prod', protected: true }],
    },
  });
}

/** Requests the tenant and approves it as a platform engineer; does nothing if it exists. */
async function onboard(
  play: Playbook,
  rita: SignedIn,
  pia: SignedIn,
): Promise<void> {
  if (await findTenant(rita, demoTenant)) return;
  const request =
    (await openRequest(rita, demoTenant, 'create')) ??
    (await play.step('Rita requests a tenant', () => requestTenant(rita)));
  const { name } = request.metadata;
  await play.step('Rita cannot approve her own request', async () => {
    const decision = post({ verdict: 'approve', reason: 'I like it.' });
    await expectStatus(
      await rita.fetch(`/api/bailiwick/requests/${name}/decision`, decision),
      403,
    );
  });
  await play.step('Pia approves it', () =>
    approve(play, pia, request, 'Within the limits of the plan.'),
  );
}

/** Creates the app of the demo; does nothing if it exists. */
async function createApp(play: Playbook, bea: SignedIn): Promise<void> {
  const isMade = (await bea.client.listApps()).some(
    ({ metadata, tenant: of }) =>
      of === demoTenant && metadata.name === demoApp,
  );
  if (isMade) return;
  await fillTemplate(play, bea, demoTemplate, {
    place: { tenant: demoTenant, environment },
    name: demoApp,
    title: 'Month-end prices',
    description: 'Monthly share prices with return and volatility.',
    symbols: ['AAPL', 'MSFT'],
  });
}

/**
 * The main path, as four of the demo people and through the public interfaces only: sign-in, request,
 * approval, template, running app, edited draft, reading with a token, promotion through a gate and back, an
 * archetype of each pack, renewal,
 * the end of a tenant.
 *
 * @param options - `all` plays every archetype of every pack
 */
export async function playMainPath(
  play: Playbook,
  state: StackState,
  { all = false }: { all?: boolean } = {},
): Promise<void> {
  const { gateway, portal } = state.addresses;
  const [pia, rita, bea, tom] = await play.step(
    'Pia, Rita, Bea and Tom sign in',
    () =>
      Promise.all(
        ['pia', 'rita', 'bea', 'tom'].map(person => signIn(portal, person)),
      ),
  );
  await onboard(play, rita, pia);
  await play.step('The tenant is ready', () =>
    readyTenant(play, bea, demoTenant),
  );
  await play.step("The template is in Bea's gallery", () =>
    play.eventually('The template', 60, () =>
      json(
        bea.fetch(
          `/api/catalog/entities/by-name/template/default/${demoTemplate}`,
        ),
      ),
    ),
  );
  await play.step('Bea creates an app from the template', () =>
    createApp(play, bea),
  );
  const view = await play.step('The app runs', () =>
    healthyApp(play, bea, { tenant: demoTenant, app: demoApp }),
  );
  await play.step(
    "Its pod runs in the tenant's namespace, as Bea sees it",
    async () => {
      const client = KubeClient.fromKubeconfig({
        path: state.kubeconfig,
        userAgent: 'bailiwick-demo',
      });
      const pods = await client
        .as({ user: bea.user })
        .resource<Pod>(coreKinds.pods)
        .list({
          namespace: environmentNamespace(demoTenant, environment),
          labelSelector: `${labels.app}=${demoApp}`,
        });
      await client.close();
      expectEqual(
        pods.filter(({ status }) => status?.phase === 'Running').length > 0,
        true,
        'A running pod',
      );
      expectEqual(view.pods.length > 0, true, 'A pod in the Deploy tab');
    },
  );
  await play.step('The catalog lists the app and its API', () =>
    play.eventually('The entities', 60, async () => {
      await json(
        bea.fetch(
          `/api/catalog/entities/by-name/component/${demoTenant}/${demoApp}`,
        ),
      );
      return json(
        bea.fetch(`/api/catalog/entities/by-name/api/${demoTenant}/${demoApp}`),
      );
    }),
  );
  await play.step('Tom cannot create apps', async () => {
    const attempt = post({
      name: 'toms',
      files: [{ path: 'functions.py', content: '' }],
    });
    await expectStatus(
      await tom.fetch(
        `/api/bailiwick/tenants/${demoTenant}/repositories`,
        attempt,
      ),
      403,
    );
  });
  await play.step('Bea tries a new function without a commit', async () => {
    const { commit } = await bea.client.listFiles(demoTenant, demoApp);
    const path = 'functions.py';
    const file = { commit, path };
    const { text } = await bea.client.readFile(demoTenant, demoApp, file);
    const content = withMarker(text!, 42);
    const { error, result } = await bea.client.tryCode(demoTenant, demoApp, {
      base: commit,
      files: [{ path, content }],
      function: 'marker',
    });
    expectEqual(error?.message, undefined, 'The error');
    expectEqual(result?.value, 42, 'The value');
    const after = await bea.client.listFiles(demoTenant, demoApp);
    expectEqual(after.commit, commit, 'The newest commit');
  });
  await playPackages(play, bea, {
    tenant: demoTenant,
    app: demoApp,
    environment,
  });
  const git = await play.step('Bea creates a git token', () =>
    bea.client.createGrant(demoTenant, demoApp, { client: 'git', days: 1 }),
  );
  const marker = await play.step('Bea clones, edits and pushes the code', () =>
    editDraft(git),
  );
  const issued = await play.step('Tom creates a token', () =>
    tom.client.createGrant(demoTenant, demoApp, {
      client: 'excel',
      environment,
      days: 1,
    }),
  );
  const address = `${gateway}/v1/${demoTenant}/${environment}/${demoApp}`;
  await checkGateway(play, { address, token: issued.token, marker });
  await play.step("Rita sees Tom's reads, without his token", async () => {
    const { items } = await rita.client.getReads(demoTenant, { app: demoApp });
    const own = items.filter(
      ({ grant }) => grant === issued.grant.metadata.name,
    );
    const found = own.some(({ fn, status }) => fn === 'prices' && status < 400);
    expectEqual(found, true, 'A read of the prices in the log');
    const hasToken = JSON.stringify(items).includes(issued.token);
    expectEqual(hasToken, false, 'The token in the log');
  });
  await play.step('Tom revokes his token and loses access', async () => {
    const { name } = issued.grant.metadata;
    await tom.client.revokeGrant(demoTenant, demoApp, name);
    const authorization = basicLogin('tom', issued.token);
    await play.eventually('The refusal', 10, async () => {
      const { status } = await fetch(`${address}/prices`, {
        headers: { authorization },
      });
      return status === 401 || undefined;
    });
  });
  await playPromotion(play, {
    bea,
    rita,
    tom,
    gateway,
    git,
    tenant: demoTenant,
    app: demoApp,
    marker,
  });
  await playPacks(play, {
    bea,
    gateway,
    place: { tenant: demoTenant, environment },
    known: demoTemplate,
    all,
  });
  await playTenantLife(play, { rita, pia, state });
}
