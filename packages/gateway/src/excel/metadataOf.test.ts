import { parseTree } from 'custom-functions-metadata';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { anApp } from '../__testUtils__/objects';
import { buildAddIn } from './buildAddIn';
import { metadataOf } from './metadataOf';

const orders: ContractFunction = {
  name: 'orders',
  description: 'Orders of a\nregion.\n\nMore about them.',
  parameters: {
    type: 'object',
    required: ['region', 'sizes'],
    properties: {
      limit: {
        anyOf: [{ type: 'integer' }, { type: 'null' }],
        default: null,
        description: 'How many.',
      },
      region: {
        type: 'string',
        enum: ['north', 'south'],
        description: 'Which region.',
      },
      level: { type: 'integer', enum: [1, 2], default: 1 },
      sizes: { type: 'array', items: { type: 'number' } },
      since: { type: 'string', format: 'date', examples: ['2026-01-31'] },
      isOpen: { type: 'boolean', default: true },
      others: {
        type: 'array',
        items: { type: 'string', enum: ['north', 'south'] },
      },
    },
    'x-bailiwick': {
      order: ['limit', 'region', 'level', 'sizes', 'since', 'isOpen', 'others'],
    },
  },
  result: { kind: 'table', columns: [{ name: 'id', type: 'Text' }] },
};
const total: ContractFunction = {
  name: 'total',
  title: 'Sum of all orders.',
  parameters: {},
  result: { kind: 'value', schema: { type: 'number' } },
};

/** The same functions as Microsoft's generator reads them. */
const program = `
/** @customenum {string} */
enum REGION_1 {
  north = "north",
  south = "south",
}
/** @customenum {number} */
enum LEVEL_2 {
  one = 1,
  two = 2,
}
/**
 * Orders of a region.
 * @customfunction FEED.ORDERS FEED.ORDERS
 * @param region Which region.
 * @param sizes A range or a list of values.
 * @param limit How many. Can be omitted.
 * @param level Default: 1.
 * @param since Example: 2026-01-31. Can be omitted.
 * @param isOpen Default: true.
 * @param others A range or a list of values. Can be omitted.
 */
function orders(region: REGION_1, sizes: number[][], limit?: number, level?: LEVEL_2, since?: any, isOpen?: boolean, others?: REGION_1[][], invocation?: CustomFunctions.CancelableInvocation): any[][] {}
/**
 * Orders of a region. Updates automatically.
 * @customfunction FEED.ORDERS.LIVE FEED.ORDERS.LIVE
 * @param region Which region.
 * @param sizes A range or a list of values.
 * @param limit How many. Can be omitted.
 * @param level Default: 1.
 * @param since Example: 2026-01-31. Can be omitted.
 * @param isOpen Default: true.
 * @param others A range or a list of values. Can be omitted.
 * @param refresh_seconds Seconds between two reads, at least 5. Default: 60.
 */
function ordersLive(region: REGION_1, sizes: number[][], limit?: number, level?: LEVEL_2, since?: any, isOpen?: boolean, others?: REGION_1[][], refresh_seconds?: number, invocation?: CustomFunctions.StreamingInvocation<any[][]>): void {}
/**
 * Sum of all orders.
 * @customfunction FEED.TOTAL FEED.TOTAL
 */
function total(invocation: CustomFunctions.CancelableInvocation): any {}
/**
 * Sum of all orders. Updates automatically.
 * @customfunction FEED.TOTAL.LIVE FEED.TOTAL.LIVE
 * @param refresh_seconds Seconds between two reads, at least 5. Default: 60.
 */
function totalLive(refresh_seconds?: number, invocation?: CustomFunctions.StreamingInvocation<any>): void {}
`;

function describeAddIn(environments: { name: string }[]) {
  const served = { app: anApp(), contract: { functions: [orders, total] } };
  return metadataOf(
    buildAddIn({
      apps: [
        {
          app: 'feed',
          environment: 'prod',
          contract: served.contract,
          served: {
            ...served,
            environment: served.app.status!.environments![0],
          },
        },
      ],
      gateway: 'https://feeds.example.com',
      tenant: { name: 'desk', title: 'Desk', environments },
    }),
  ) as any;
}

describe('metadataOf', () => {
  it("agrees with Microsoft's generator about the same functions", () => {
    const generated = parseTree(program, 'functions.ts');
    expect(generated.extras.flatMap(({ errors }) => errors)).toEqual([]);
    const { enums, functions } = describeAddIn([{ name: 'prod' }]);
    expect(functions).toEqual(JSON.parse(JSON.stringify(generated.functions)));
    // Members of an enum of TypeScript cannot have the names of numbers.
    const withoutNames = (one: any) => ({
      ...one,
      values: one.values.map(({ name, ...value }: any) => value),
    });
    expect(enums.map(withoutNames)).toEqual(generated.enums.map(withoutNames));
  });

  it('names the environment of functions that are not in the last one', () => {
    const { functions } = describeAddIn([{ name: 'prod' }, { name: 'final' }]);
    expect(functions[0].name).toBe('FEED.PROD.ORDERS');
  });
});
