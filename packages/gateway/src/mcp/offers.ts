import { createHash } from 'node:crypto';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { OpenedApp } from '../delivery';
import type { Target } from '../login';

/** A function that a server offers. */
export interface Offer {
  /** Name of the tool. */
  name: string;
  title: string;
  fn: ContractFunction;
  app: string;
  environment: string;
}

/** Maximum length of the names of tools in common clients. */
const maxName = 64;

/** Returns the functions of one app. */
export function offersOfApp(
  { app, environment }: Target,
  functions: readonly ContractFunction[],
): Offer[] {
  return functions.map(fn => ({
    name: fn.name,
    title: fn.title ?? fn.name,
    fn,
    app,
    environment,
  }));
}

/** Returns the functions of several apps, whose names have no underscores. */
export function offersOfApps(apps: readonly OpenedApp[]): Offer[] {
  return apps.flatMap(({ app, contract, environment, served }) =>
    contract.functions.map(fn => ({
      name: shorten(`${app}__${environment}__${fn.name}`),
      title: `${served.app.spec.title} (${environment}): ${
        fn.title ?? fn.name
      }`,
      fn,
      app,
      environment,
    })),
  );
}

/** Ends a long name with a digest, so that it stays unique and the same. */
function shorten(name: string): string {
  if (name.length <= maxName) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, maxName - digest.length - 1)}_${digest}`;
}
