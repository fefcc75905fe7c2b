import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { ClusterView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Request, Response } from 'express';
import { answerUnavailable } from './answerUnavailable';

describe('answerUnavailable', () => {
  const missing = new NotFoundError('There is no app "feed"');

  /** The error with which the portal answers another. */
  function answered(error: Error, progress: Partial<ClusterView>): unknown {
    const next = jest.fn();
    const kubernetes = {
      progress: () => ({ ready: true, message: '', steps: [], ...progress }),
    };
    answerUnavailable(kubernetes)(error, {} as Request, {} as Response, next);
    return next.mock.calls[0][0];
  }

  it('does not call anything missing before the cluster was read', () => {
    const progress = { ready: false, message: 'The cluster is starting' };
    expect(answered(missing, progress)).toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'The cluster is starting',
    });
    const refusal = new NotAllowedError('Not you');
    expect(answered(refusal, progress)).toBe(refusal);
  });

  it('describes a missing object that was not in the last read of the cluster', () => {
    expect(answered(missing, {})).toBe(missing);
    const stale = { since: '2026-11-22T08:00:00Z', why: 'No answer' };
    expect(
      answered(missing, { ready: false, stale } as Partial<ClusterView>),
    ).toBe(missing);
  });
});
