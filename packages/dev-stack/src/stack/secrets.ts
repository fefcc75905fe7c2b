import { parseObject, replaceFile } from '@bailiwick/backstage-local-cluster';
import { CommandError } from '@bailiwick/backstage-cli';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

interface Secrets {
  backend: string;
  oidcClient: string;
}

/**
 * Reads the secrets of a data folder, or creates them: once, and readable by its owner only.
 *
 * @throws CommandError when the file is damaged
 */
export function readSecrets(file: string): Secrets {
  if (existsSync(file)) {
    const { backend, oidcClient } =
      parseObject<Partial<Secrets>>(readFileSync(file, 'utf8')) ?? {};
    if (backend && oidcClient) return { backend, oidcClient };
    throw new CommandError(
      `${file} is damaged.`,
      'Delete it and start again: new secrets are created, and everyone signs in again.',
    );
  }
  const secrets = {
    backend: randomBytes(32).toString('base64'),
    oidcClient: randomBytes(32).toString('hex'),
  };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  replaceFile(file, JSON.stringify(secrets), { mode: 0o600, durable: true });
  return secrets;
}
