/** Returns the name that the copy of a bundle has in the environments of its app. */
export function bundleCopyName(app: string, digest: string): string {
  return `${app}-${digest.replace('sha256:', '').slice(0, 12)}`;
}
