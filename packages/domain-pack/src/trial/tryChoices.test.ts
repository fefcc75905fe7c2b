import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { writeRuntime } from '../__fixtures__/writeRuntime';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { exampleContext, renderArchetype } from '../render';
import { Python } from './Python';
import { tryChoices } from './tryChoices';

const archetypeFile = 'archetypes/loans/archetype.yaml';
const template = 'archetypes/loans/template/README.md.njk';

/** A function runtime that reports to be ready, with this contract. */
const runtimeWith = (contract: string) => `
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"" if self.path == "/readyz" else ${JSON.stringify(
          contract,
        )}.encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


port = int(sys.argv[-1].split("=")[1])
HTTPServer(("127.0.0.1", port), Handler).serve_forever()
`;

describe('tryChoices', () => {
  const folders: string[] = [];
  afterEach(() =>
    folders.splice(0).forEach(folder => rmSync(folder, { recursive: true })),
  );

  /** Tests the choices of a pack with a runtime that has this contract. */
  async function tried(files: Record<string, string>, contract = '') {
    const folder = writePack({ ...goodPack, ...files });
    const runtime = writeRuntime();
    folders.push(folder, runtime);
    writeFileSync(
      join(runtime, 'bailiwick/__main__.py'),
      runtimeWith(contract),
    );
    const python = new Python(
      { executable: 'python3', runtime, version: '1.0.0' },
      runtime,
    );
    const pack = validPack(lintSource(folder));
    const compiled = compileSource(pack);
    const told: { name: string; failures: string[]; notes: string[] }[] = [];
    try {
      await tryChoices(python, {
        seconds: 30,
        slow: new Set(),
        pack,
        compiled,
        archetype: pack.archetypes[0],
        render: answers =>
          renderArchetype(
            compiled.spec.archetypes[0],
            exampleContext(compiled, answers),
          ),
        tellOf: () => (name, failures, notes) =>
          told.push({
            name,
            failures: [...failures],
            notes: [...(notes ?? [])],
          }),
      });
    } finally {
      await python.stop();
    }
    return told;
  }

  /** The archetype of the pack with one more parameter. */
  const withParameter = (text: string) =>
    goodPack[archetypeFile].replace('    least:', `    ${text}\n    least:`);

  it('fails if the form rejects its own defaults', async () => {
    const most =
      'most: { title: Most, type: integer, default: -1, x-bailiwick: { notBefore: least } }';
    const archetype = withParameter(most).replace(
      'least: 2',
      'least: 2, most: 3',
    );
    expect(await tried({ [archetypeFile]: archetype })).toEqual([
      {
        name: 'form choices tested: 2 of 2',
        failures: [
          `${archetypeFile}:7: The form rejects its own defaults: Most must not be before Fewest loans, 0. Correct the defaults or the answers of the first test.`,
        ],
        notes: [],
      },
    ]);
  });

  it.each([
    ['a, b, c, d, e', 7, '1 set'],
    ['a, b, c, d, e, f, g', 9, '3 sets'],
  ])(
    'stops after three sets whose code cannot be rendered, of %s',
    async (choices, all, others) => {
      const mode = `mode: { title: Mode, type: string, enum: [${choices}], default: a }`;
      const told = await tried({
        [archetypeFile]: withParameter(mode),
        [template]: `${goodPack[template]}{% if values.mode != 'a' %}\${{ values.title.no.such }}{% endif %}\n`,
      });
      expect(told.map(({ name }) => name)).toEqual([
        'template renders',
        'template renders',
        'template renders',
        `form choices tested: ${all} of ${all}`,
      ]);
      expect(told[3].notes).toContain(
        `The code of ${others} was not rendered because 3 failed`,
      );
    },
  );

  it.each([
    ['[]', /^The contract is invalid:\n/],
    ['none', /^Can't read the contract: HTTP 200: none/],
  ])('reports the contract %s, and continues', async (contract, words) => {
    const mode =
      'mode: { title: Mode, type: string, enum: [a, b, c], default: a }';
    const code = 'archetypes/loans/template/mode.txt.njk';
    const told = await tried(
      {
        [archetypeFile]: withParameter(mode),
        [code]: '${{ values.mode }}\n',
      },
      contract,
    );
    expect(told.map(({ name }) => name)).toEqual([
      'functions succeed',
      'functions succeed',
      'form choices tested: 5 of 5',
    ]);
    expect(told[0].failures).toEqual([expect.stringMatching(words)]);
    expect(told[1].failures).toEqual([expect.stringMatching(words)]);
  });
});
