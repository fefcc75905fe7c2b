import { statfs } from 'node:fs/promises';

/** `f_type` of file systems (statfs(2)). */
const magic = {
  overlay: 0x794c7630,
  ext4: 0xef53,
  xfs: 0x58465342,
  btrfs: 0x9123683e,
  tmpfs: 0x01021994,
};
const mapping: number[] = [magic.ext4, magic.xfs, magic.btrfs, magic.tmpfs];

/** Whether a folder is on an overlay file system, on which no further overlay can be laid. */
export async function isOverlay(folder: string): Promise<boolean> {
  return (await statfs(folder)).type === magic.overlay;
}

/**
 * Whether folders in a folder can be mounted with mapped user ids, which volumes of pods with user namespaces need
 * (mount_setattr(2), `MOUNT_ATTR_IDMAP`). Only the usual file systems that can are counted.
 */
export async function mapsIds(folder: string): Promise<boolean> {
  return mapping.includes((await statfs(folder)).type);
}
