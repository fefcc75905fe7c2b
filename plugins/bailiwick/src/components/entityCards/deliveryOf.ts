import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  fileFormatsOf,
  isRelational,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatList } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { appAddress } from '../AppHeader/dataAddress';

/** A function of an app, and where it is read. */
export interface Delivered {
  name: string;
  /** First sentence of its description. */
  about: string;
  gives: string;
  /** Result in the last environment. */
  result: ContractFunction['result'];
  /** Environments that serve it, in the order of the app. */
  environments: string[];
  /** Address in the last of them; absent without a gateway. */
  address?: string;
  /** The function in the last environment with a ready pod, which can be called; absent without one. */
  callable?: { environment: string; code: string; fn: ContractFunction };
}

const gives: Record<ContractFunction['result']['kind'], string> = {
  table: 'rows',
  value: 'a value',
  stream: 'streamed rows',
};

/**
 * Returns the functions of an app that can be read.
 *
 * @param gateway - the gateway's address as readers see it; absent without a gateway
 */
export function deliveryOf(
  app: AppView,
  gateway: string | undefined,
): Delivered[] {
  const found = new Map<string, Delivered>();
  for (const state of app.status?.environments ?? []) {
    const { contract, name: environment, pods } = state;
    const base = appAddress(app, state, gateway);
    const code = state.release ?? state.revision ?? '';
    for (const fn of contract?.functions ?? []) {
      const known = found.get(fn.name);
      const before = known?.environments ?? [];
      found.set(fn.name, {
        name: fn.name,
        about: firstSentence(fn.description ?? fn.title),
        gives: gives[fn.result.kind],
        result: fn.result,
        environments: [...before, environment],
        address: base && `${base}/${fn.name}`,
        callable: pods.ready > 0 ? { environment, code, fn } : known?.callable,
      });
    }
  }
  return [...found.values()];
}

/** Lines of a docstring end where they do for the sake of the source only. */
function firstSentence(text = ''): string {
  const line = text.trim().replace(/\s+/g, ' ');
  const [first] = line.split(/(?<=[.!?])\s/);
  return first && withFullStop(first);
}

/** Returns the formats in which an app delivers its results, as a list in words. */
export function formatTitles(
  { spec: { delivery } }: AppView,
  functions: readonly Delivered[],
): string {
  if (!delivery.rest) return 'No formats enabled.';
  const results = functions.map(({ result }) => result);
  const files = results.flatMap(result => fileFormatsOf(result, delivery));
  const odata = results.some(isRelational) ? ['OData'] : [];
  const titles = new Set([...files.map(({ title }) => title), ...odata]);
  return formatList([...titles]);
}
