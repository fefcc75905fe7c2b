/** Nothing can be written to a folder in which something is. */
export class FullFolderError extends Error {
  readonly folder: string;

  constructor(folder: string) {
    super(`${folder} is not an empty folder`);
    this.name = 'FullFolderError';
    this.folder = folder;
  }
}
