import { addIn } from './office';

const listeners = new Set<() => void>();

/** Name of a token; the storage of an add-in is not part of workbooks. */
function nameOf(app: string, environment: string): string {
  return `bailiwick:${addIn.tenant}/${environment}/${app}`;
}

/** Returns the token of an app in an environment. */
export async function getToken(
  app: string,
  environment: string,
): Promise<string | null> {
  return OfficeRuntime.storage.getItem(nameOf(app, environment));
}

/** Keeps a token, or removes it if it is empty. */
export async function setToken(
  app: string,
  environment: string,
  token: string,
): Promise<void> {
  const name = nameOf(app, environment);
  await (token
    ? OfficeRuntime.storage.setItem(name, token)
    : OfficeRuntime.storage.removeItem(name));
  for (const listener of listeners) listener();
}

/** Calls a listener after each change of a token. @returns a function that removes it */
export function onTokens(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
