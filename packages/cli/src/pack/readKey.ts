import type { PemKey } from '@bailiwick/backstage-domain-pack/authoring';
import { CommandError } from '../CommandError';
import { readSmallFile } from './readSmallFile';

/** A key from its file; nothing when no file is named. @throws CommandError when it cannot be read */
export function readKey(file: string | undefined): PemKey | undefined {
  if (file === undefined) return undefined;
  if (file === '')
    throw new CommandError(
      'No key file given.',
      'Give the path of the key file.',
    );
  return { file, pem: readSmallFile(file, 'the key') };
}
