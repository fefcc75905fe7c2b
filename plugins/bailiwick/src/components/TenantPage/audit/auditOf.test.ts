import { aRequest } from '../../../__fixtures__/views';
import { auditOf } from './auditOf';

const condition = {
  type: 'Applied',
  status: 'True' as const,
  reason: 'Applied',
  message: 'The tenant has the new plan.',
  lastTransitionTime: '2026-11-20T09:00:02Z',
};
const { spec } = aRequest();
const changed = aRequest({
  metadata: { name: 'b', creationTimestamp: '2026-11-20T08:00:00Z' },
  spec: { ...spec, action: 'changePlan', proposed: { plan: 'large' } },
  status: {
    phase: 'Applied',
    before: { plan: 'small' },
    verdict: {
      verdict: 'approve',
      by: 'user:default/pia',
      reason: 'Fits.',
      at: '2026-11-20T09:00:00Z',
    },
    conditions: [condition],
  },
});

describe('auditOf', () => {
  it('shows actions with person, time and reason, newest first', () => {
    const told = auditOf([changed]).map(({ at, by, did, result, why }) => [
      at,
      did,
      by,
      why,
      result,
    ]);
    expect(told).toEqual([
      [
        '2026-11-20T09:00:02Z',
        'Completed',
        undefined,
        undefined,
        'The tenant has the new plan.',
      ],
      [
        '2026-11-20T09:00:00Z',
        'Approved',
        'user:default/pia',
        'Fits.',
        undefined,
      ],
      [
        '2026-11-20T08:00:00Z',
        'Requested',
        'user:default/rita',
        spec.reason,
        undefined,
      ],
    ]);
  });

  it('keeps the steps of one second in their order', () => {
    const { status } = changed;
    const { verdict } = status!;
    const quick = {
      ...changed,
      status: {
        ...status,
        verdict: { ...verdict!, at: '2026-11-20T08:00:00.120Z' },
        conditions: [
          { ...condition, lastTransitionTime: '2026-11-20T08:00:00Z' },
        ],
      },
    };
    expect(auditOf([quick]).map(({ did }) => did)).toEqual([
      'Completed',
      'Approved',
      'Requested',
    ]);
  });

  it('shows values before and after', () => {
    const [asked] = auditOf([changed]).slice(-1);
    expect(asked.changes).toEqual([{ field: 'Plan', words: 'small → large' }]);
  });

  it('orders the steps of several requests by time', () => {
    const other = aRequest({
      metadata: { name: 'a', creationTimestamp: '2026-11-20T08:30:00Z' },
    });
    expect(auditOf([other, changed]).map(({ request }) => request)).toEqual([
      'b',
      'b',
      'a',
      'b',
    ]);
  });

  it('puts a step of unknown time right after the one before it', () => {
    const withdrawn = aRequest({
      metadata: { name: 'a', creationTimestamp: '2026-11-20T08:30:00Z' },
      status: { phase: 'Withdrawn' },
    });
    expect(auditOf([withdrawn, changed]).map(({ did }) => did)).toEqual([
      'Completed',
      'Approved',
      'Withdrawn',
      'Requested',
      'Requested',
    ]);
  });
});
