import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ODataService } from './__testUtils__/ODataService';
import { token } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const run = promisify(execFile);
const modules = join(import.meta.dirname, '../../../node_modules');

/** A program that uses the generated client, with the types that the document promises. */
const program = `import { client } from './client/client.gen';
import { mean, prices, quotes } from './client/sdk.gen';

client.setConfig({ auth: process.argv[2] });
const table = await prices({ query: { days: 1 } });
const symbols: string[] = table.data!.rows.map(row => row.symbol);
const value = await mean();
const single: number = value.data!.value;
const wrong = await quotes({ query: { symbols: ['XYZ'] } });
console.log(JSON.stringify({ symbols, single, error: wrong.error?.error.type }));
`;

integration('OpenAPI with a client that @hey-api/openapi-ts generates', () => {
  let folder: string;
  let service: ODataService;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    service = await ODataService.start();
  }, 120_000);

  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true });
  }, 30_000);

  it('reads typed rows and values', async () => {
    const address = new URL('/v1/desk/prod/feed/openapi.json', service.root);
    const document = await (await service.fetch(address.href)).json();
    const [input, entry] = [join(folder, 'openapi.json'), join(folder, 'a.ts')];
    writeFileSync(input, JSON.stringify(document));
    await run(process.execPath, [
      join(modules, '@hey-api/openapi-ts/bin/run.js'),
      ...['--input', input, '--output', join(folder, 'client'), '--silent'],
    ]);
    writeFileSync(entry, program);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...{ strict: true, noEmit: true, skipLibCheck: true },
          ...{
            target: 'es2022',
            module: 'preserve',
            moduleResolution: 'bundler',
          },
          ...{ lib: ['es2022', 'dom', 'dom.iterable'] },
          ...{ types: ['node'], typeRoots: [join(modules, '@types')] },
        },
        files: ['a.ts'],
      }),
    );
    await run(process.execPath, [
      join(modules, 'typescript/bin/tsc'),
      ...['--project', folder],
    ]).catch(({ stdout }) => {
      throw new Error(stdout);
    });
    const outfile = join(folder, 'a.mjs');
    await run(join(modules, 'esbuild/bin/esbuild'), [
      entry,
      ...['--bundle', '--platform=node', '--format=esm'],
      `--outfile=${outfile}`,
    ]);
    const { stdout } = await run(process.execPath, [outfile, token]);
    const { value }: any = await service.json('prices?days=1');
    expect(JSON.parse(stdout)).toEqual({
      symbols: value.map(({ symbol }: { symbol: string }) => symbol),
      single: 1.5,
      error: 'invalid-parameter',
    });
  }, 120_000);
});
