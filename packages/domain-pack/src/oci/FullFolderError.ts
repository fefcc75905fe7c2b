/** Thrown if the output folder is not empty. @public */
export class FullFolderError extends Error {
  readonly folder: string;

  constructor(folder: string) {
    super(`${folder} is not an empty folder`);
    this.name = 'FullFolderError';
    this.folder = folder;
  }
}
