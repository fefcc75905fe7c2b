import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import type { PortalDatabase } from './database';

/** Facts about a backup. */
export interface BackupInfo {
  /** Version of the layout. */
  format: 1;
  /** When its objects were read (RFC 3339). */
  createdAt: string;
  objects: number;
  /** Volumes and databases that could not be read, with the reason. */
  missing: string[];
  /** The portal's PostgreSQL database, if it was saved. */
  database?: PortalDatabase;
}

/** Paths of the files of a backup. */
export function layoutOf(root: string) {
  const volumes = join(root, 'volumes');
  const folders = join(root, 'folders');
  return {
    info: join(root, 'backup.json'),
    /** An object per line, in the order of restoration. */
    objects: join(root, 'objects.jsonl'),
    /** SQL of the portal's database. */
    database: join(root, 'database.sql'),
    volumes,
    /** Archives of folders, and single files. */
    folders,
    volume: ({ metadata: { name, namespace } }: KubeObject) =>
      join(volumes, `${namespace}_${name}.tar`),
    folder: (name: string) => join(folders, `${name}.tar`),
  };
}
