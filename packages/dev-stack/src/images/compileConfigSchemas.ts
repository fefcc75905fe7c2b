import { CommandError, repositoryRoot } from '@bailiwick/backstage-cli';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bin } from '../process/bin';

/** JSON schemas of configuration by the folders of their packages, from the root. */
export type ConfigSchemas = ReadonlyMap<string, object>;

/**
 * Compiles the configuration schemas of a program's packages from TypeScript declarations. Without them, each start of
 * the program would need the TypeScript compiler.
 *
 * @param program - name of the program's package
 * @throws CommandError if the compiler fails
 */
export async function compileConfigSchemas(
  program: string,
  signal: AbortSignal,
): Promise<ConfigSchemas> {
  const folder = await mkdtemp(join(tmpdir(), 'bailiwick-schemas-'));
  try {
    const file = join(folder, 'schemas.json');
    await printSchemas(program, file, signal);
    const { schemas } = JSON.parse(await readFile(file, 'utf8')) as {
      schemas: Array<{ path: string; value: object }>;
    };
    return new Map(schemas.map(({ path, value }) => [dirname(path), value]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Gives the copy of a package its compiled schema. */
export async function writeConfigSchema(
  copy: string,
  schema: object,
): Promise<void> {
  const file = join(copy, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(join(copy, 'config.schema.json'), JSON.stringify(schema));
  await writeFile(
    file,
    JSON.stringify({ ...manifest, configSchema: 'config.schema.json' }),
  );
}

/** Writes to a file, because Backstage's command ends before a pipe has taken all of its output. */
async function printSchemas(
  program: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const output = await open(file, 'w');
  try {
    const child = spawn(
      process.execPath,
      [
        bin('@backstage/cli/bin/backstage-cli'),
        ...['config:schema', '--package', program, '--format', 'json'],
      ],
      {
        // Names in schemas are made from paths relative to the working directory.
        cwd: repositoryRoot,
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['ignore', output.fd, 'pipe'],
        signal,
      },
    );
    const [[code], errors] = await Promise.all([
      once(child, 'close'),
      text(child.stderr!),
    ]);
    if (code !== 0)
      throw new CommandError(
        `The configuration schemas of ${program} could not be compiled:\n${errors}`,
        'Check the files config.d.ts of its packages.',
      );
  } finally {
    await output.close();
  }
}
