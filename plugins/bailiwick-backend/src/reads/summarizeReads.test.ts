import type { ReadRecord } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { summarizeReads } from './summarizeReads';

function aRead(fields: Partial<ReadRecord> = {}): ReadRecord {
  return {
    at: '2026-11-20T08:00:00.000001Z',
    tenant: 'desk',
    environment: 'prod',
    app: 'feed',
    fn: 'prices',
    format: 'application/json',
    subject: 'user:default/tom',
    grant: 'tom-excel-1',
    client: 'excel',
    address: '127.0.0.1',
    status: 200,
    isAborted: false,
    bytes: 10,
    ms: 5,
    ...fields,
  };
}

describe('summarizeReads', () => {
  it('counts the calls of each reader, tool and function, with failures and the last time', () => {
    const later = '2026-11-21T08:00:00.000001Z';
    expect(
      summarizeReads([
        aRead(),
        aRead({ at: later, status: 503 }),
        aRead({ client: 'api' }),
        aRead({ fn: 'mean', environment: 'dev', at: '2026-11-22T00:00:00Z' }),
      ]),
    ).toEqual([
      expect.objectContaining({ fn: 'mean', environment: 'dev', calls: 1 }),
      {
        environment: 'prod',
        fn: 'prices',
        subject: 'user:default/tom',
        client: 'excel',
        calls: 2,
        failed: 1,
        lastAt: later,
      },
      expect.objectContaining({ client: 'api', calls: 1, failed: 0 }),
    ]);
  });
});
