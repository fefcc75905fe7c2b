import { delimiter } from 'node:path';

const FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * Gives an environment whose search path has the administrator's folders, too: `su` keeps that of a person, in which
 * nft is not found and dpkg refuses to work.
 */
export function withSystemFolders(
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const more = FOLDERS.filter(folder => !folders.includes(folder));
  return { ...environment, PATH: [...folders, ...more].join(delimiter) };
}
