import { OfficeAddinManifest } from 'office-addin-manifest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aGrant, anApp, basic, token } from '../__testUtils__/objects';
import { TestGateway } from '../__testUtils__/TestGateway';
import { addInKey } from './addInKey';

describe('add-in for Excel', () => {
  const gateway = new TestGateway();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  afterEach(() => gateway.stop());

  type Options = Parameters<TestGateway['serve']>[0];
  async function serve(options: Options = {}) {
    const server = await gateway.serve({
      trustedProxies: ['127.0.0.0/8'],
      ...options,
    });
    return (path: string, headers: Record<string, string> = {}) =>
      server.inject({
        url: `/excel/v1/${path}`,
        headers: {
          host: 'feeds.example.com',
          'x-forwarded-proto': 'https',
          ...headers,
        },
      });
  }
  const login = { authorization: basic(token) };
  const pathOf = (manifest: string, name: string) =>
    new RegExp(`https://feeds.example.com/excel/v1/([^"]*/${name})"`).exec(
      manifest,
    )![1];
  const namesOf = ({ functions }: { functions: { name: string }[] }) =>
    functions.map(({ name }) => name);

  it("has a manifest that Microsoft's tool reads", async () => {
    const get = await serve();
    const response = await get('desk/manifest.xml', login);
    expect(response.headers['content-disposition']).toContain(
      'bailiwick-desk.xml',
    );
    const file = join(folder, 'manifest.xml');
    await writeFile(file, response.body);
    const read = await OfficeAddinManifest.readManifestFile(file);
    expect(read).toMatchObject({
      displayName: 'Bailiwick Desk',
      hosts: ['Workbook'],
      id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      officeAppType: 'TaskPaneApp',
      version: '1.2026.1120.800',
      defaultSettings: {
        sourceLocation: expect.stringMatching(
          /^https:\/\/feeds\.example\.com\/excel\/v1\/desk\/.{43}\/page\.html$/,
        ),
      },
    });
    expect(response.body).not.toMatch(/prices|feed\b|AAPL/i);
  });

  it('shows functions, scripts and pages to nobody without the key', async () => {
    const get = await serve();
    expect((await get('desk/manifest.xml')).statusCode).toBe(401);
    expect(
      (await get('desk/manifest.xml', { authorization: basic('bwk_wrong') }))
        .statusCode,
    ).toBe(401);
    expect((await get('other/manifest.xml', login)).statusCode).toBe(403);
    const { body } = await get('desk/manifest.xml', login);
    for (const name of ['functions.json', 'functions.js', 'page.html']) {
      const path = pathOf(body, name);
      for (const wrong of [
        path.replace(/[^/]{43}/, 'x'.repeat(43)),
        path.replace('desk/', 'other/'),
        path.replace(/[^/]{43}/, token),
      ])
        expect([wrong, (await get(wrong)).statusCode]).toEqual([wrong, 404]);
    }
    expect(body).not.toContain(token);
  });

  it('loads without credentials with the key, from pages of Microsoft', async () => {
    const get = await serve();
    const { body } = await get('desk/manifest.xml', login);
    const metadata = await get(pathOf(body, 'functions.json'));
    expect(metadata.headers['access-control-allow-origin']).toBe('*');
    expect(namesOf(metadata.json())).toEqual([
      'FEED.PRICES',
      'FEED.PRICES.LIVE',
      'FEED.MEAN',
      'FEED.MEAN.LIVE',
    ]);
    const page = await get(pathOf(body, 'page.html'));
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain(
      "script-src 'self' https://appsforoffice.microsoft.com",
    );
    const icon = await get(pathOf(body, 'icon-32.png'));
    expect(icon.headers['content-type']).toBe('image/png');
  });

  it.each([
    ['has expired', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['is for other networks', { addresses: ['10.0.0.0/8'] }],
    ['was deleted', { tokenHash: `sha256:${'0'.repeat(64)}` }],
    ['lost its membership', { membership: 'user:default/ann' }],
  ])('ends when its token %s', async (_, change) => {
    const before = await serve();
    const { body } = await before('desk/manifest.xml', login);
    await gateway.stop();
    const get = await serve({ grant: aGrant(change) });
    const { statusCode } = await get(pathOf(body, 'functions.json'));
    expect([403, 404]).toContain(statusCode);
  });

  it('has the functions of all Excel tokens of its own reader only', async () => {
    const served = anApp();
    const [prod] = served.status!.environments!;
    for (const name of ['dev', 'test', 'stage'])
      served.status!.environments!.push({ ...prod, name });
    const own = aGrant({ client: 'excel', functions: ['mean'] });
    const another = (spec: Partial<(typeof own)['spec']>) =>
      aGrant({ client: 'excel', tokenHash: 'sha256:other', ...spec });
    const grants = [
      own,
      another({ environment: 'dev', functions: ['prices'] }),
      another({ environment: 'test', subject: 'user:default/ann' }),
      another({ environment: 'stage', client: 'api' }),
    ];
    const get = await serve({ served, grant: own, grants });
    const key = addInKey(own.spec.tokenHash);
    const { body } = await get(`desk/${key}/functions.json`);
    expect(namesOf(JSON.parse(body))).toEqual([
      'FEED.DEV.PRICES',
      'FEED.DEV.PRICES.LIVE',
      'FEED.MEAN',
      'FEED.MEAN.LIVE',
    ]);
  });

  it('needs an https address', async () => {
    const get = await serve();
    const { body, statusCode } = await get('desk/manifest.xml', {
      ...login,
      'x-forwarded-proto': 'http',
    });
    expect(statusCode).toBe(403);
    expect(body).toContain('--public-url');
  });
});
