import { expect, test, type Page } from '@playwright/test';
import { signIn } from './people';

/** Steps of creating an app. */
const [code, repository, create] = [
  'Write code',
  'Create repository',
  'Create app',
];
/**
 * Permitted template steps per person in an unprotected environment; people without access see that the tenant does not
 * exist.
 */
const rights: [person: string, role: string, may: string[] | undefined][] = [
  ['Rita', 'owner', [code, repository, create]],
  ['Bea', 'builder', [code, repository, create]],
  ['Tom', 'viewer', [code]],
  ['Pia', 'platform engineer', [code]],
  ['Nora', 'stranger', undefined],
];

interface Template {
  metadata: { name: string; annotations: Record<string, string> };
  spec: { parameters: { properties?: Record<string, Proposed> }[] };
}
interface Proposed {
  default?: unknown;
}

/** Returns a function that sends requests to the portal as the signed-in person. */
async function asker(page: Page) {
  const called = page.waitForRequest(/\/api\/bailiwick\//);
  await page.goto('/tenants');
  const { authorization } = await (await called).allHeaders();
  return (method: 'GET' | 'POST', path: string, data?: object) =>
    page.request.fetch(`/api${path}`, {
      method,
      data,
      headers: { authorization },
    });
}

/** Returns an app for every archetype of the gallery, with the defaults of its form. */
async function wantedApps(ask: Awaited<ReturnType<typeof asker>>) {
  const found = await ask('GET', '/catalog/entities?filter=kind=template');
  const templates: Template[] = await found.json();
  return templates.flatMap(({ metadata, spec }) => {
    const { 'bailiwick.dev/archetype': reference = '' } = metadata.annotations;
    const [, pack, name, version] = /^(.*)\/(.*)@(.*)$/.exec(reference) ?? [];
    if (!pack) return [];
    const proposed = spec.parameters
      .flatMap(({ properties = {} }) => Object.entries(properties))
      .flatMap(([key, { default: value }]) =>
        value === undefined ? [] : [[key, value] as const],
      );
    return {
      name: 'looked-at',
      title: 'Looked at',
      archetype: { pack, name, version },
      answers: Object.fromEntries(proposed),
      environment: 'dev',
    };
  });
}

for (const [person, role, may] of rights)
  test(`as ${role}: the same steps of each template`, async ({ browser }) => {
    const page = await signIn(browser, person);
    const ask = await asker(page);
    const apps = await wantedApps(ask);
    expect(apps.length).toBeGreaterThanOrEqual(15);
    for (const app of apps)
      await test.step(`${app.archetype.pack} ${app.archetype.name}`, async () => {
        const told = await ask(
          'POST',
          '/bailiwick/tenants/rates-desk/apps/preflight',
          app,
        );
        expect(told.status()).toBe(may ? 200 : 404);
        if (!may) return;
        const { steps } = await told.json();
        const open = (steps as { name: string; refusal?: string }[])
          .filter(({ refusal }) => !refusal)
          .map(({ name }) => name);
        expect(open).toEqual(may);
      });
    await page.context().close();
  });
