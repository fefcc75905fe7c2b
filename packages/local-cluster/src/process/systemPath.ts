import { delimiter } from 'node:path';

const FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * Returns an environment whose search path includes the administrator's folders: `su` keeps that of a person, without
 * nft and the tools that dpkg requires.
 */
export function withSystemFolders(
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const more = FOLDERS.filter(folder => !folders.includes(folder));
  return { ...environment, PATH: [...folders, ...more].join(delimiter) };
}
