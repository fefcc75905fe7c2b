import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Reads the secrets of a data folder, or makes them: once, and readable by its owner only. */
export function readSecrets(file: string): {
  backend: string;
  oidcClient: string;
} {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const secrets = {
    backend: randomBytes(32).toString('base64'),
    oidcClient: randomBytes(32).toString('hex'),
  };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
