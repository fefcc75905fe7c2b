import type { MediaType } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FileWriter } from './writer/FileWriter';
import { parquetWriter } from './parquet';
import { xlsxWriter } from './xlsx';

const writers = {
  'application/vnd.apache.parquet': parquetWriter,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet':
    xlsxWriter,
} satisfies Partial<Record<MediaType, FileWriter>>;

/** Media type of a file. */
export type FileType = keyof typeof writers;

/** The writers of the formats that need a complete table. */
export const fileWriters: Record<FileType, FileWriter> = writers;

export type { TableFile } from './writer/FileWriter';

/** Whether a format needs a complete table. */
export function isFileType(type: MediaType): type is FileType {
  return Object.hasOwn(writers, type);
}
