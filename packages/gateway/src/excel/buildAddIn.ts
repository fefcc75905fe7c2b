import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AddIn, AddInFunction, AddInParameter } from './AddIn';
import { columnsOf } from './columnsOf';
import { FunctionNames, namespaceOf } from './functionNames';
import type { OpenedApp } from '../delivery';
import { parametersOf } from './parametersOf';
import { refreshInterval } from './refreshInterval';

/** Last word of the names of live functions. */
const liveWord = 'LIVE';

/** What an add-in is built from. */
export interface AddInSource {
  apps: OpenedApp[];
  gateway: string;
  tenant: { name: string; title: string; environments: { name: string }[] };
}

/**
 * Describes the custom functions of a tenant: `<APP>.<FUNCTION>` for the last environment, `<APP>.<ENVIRONMENT>.<FUNCTION>`
 * for the others, and each with the live twin `….LIVE`.
 */
export function buildAddIn({ apps, gateway, tenant }: AddInSource): AddIn {
  const last = tenant.environments.at(-1)?.name;
  const names = new FunctionNames();
  return {
    tenant: tenant.name,
    title: tenant.title,
    gateway,
    namespace: namespaceOf(tenant.name),
    functions: apps.flatMap(opened => {
      const { app, contract, environment } = opened;
      const place = environment === last ? [app] : [app, environment];
      return contract.functions.flatMap(fn =>
        twins(fn, opened, [...place, fn.name], names),
      );
    }),
  };
}

function twins(
  fn: ContractFunction,
  { app, environment }: OpenedApp,
  path: string[],
  names: FunctionNames,
): AddInFunction[] {
  const { kind, key = [], schema } = fn.result;
  const parameters = parametersOf(fn);
  const description = summaryOf(fn);
  const common = {
    app,
    environment,
    fn: fn.name,
    kind,
    isMatrix: kind !== 'value' || schema?.type === 'array',
    columns: columnsOf(fn.result),
    key,
  };
  return [
    {
      ...common,
      id: names.nameOf(path),
      description,
      isLive: false,
      parameters,
    },
    {
      ...common,
      id: names.nameOf([...path, liveWord]),
      description: `${description} Updates automatically.`.trim(),
      isLive: true,
      parameters:
        kind === 'stream'
          ? parameters
          : [...parameters, intervalParameter(parameters)],
    },
  ];
}

/** First paragraph of the docstring, in one line. */
function summaryOf({ description, name, title }: ContractFunction): string {
  const [first] = (description ?? title ?? name).split(/\n\s*\n/);
  return first.replace(/\s+/g, ' ').trim();
}

function intervalParameter(parameters: AddInParameter[]): AddInParameter {
  const taken = parameters.map(({ name }) => name);
  let name = 'refresh_seconds';
  while (taken.includes(name)) name = `_${name}`;
  return {
    name,
    type: 'number',
    description: `Seconds between two reads, at least ${refreshInterval.minimum}. Default: ${refreshInterval.default}.`,
    isList: false,
    isOptional: true,
  };
}
