import {
  isAlreadyExists,
  isConflict,
  isForbidden,
  isGone,
  isNotFound,
  KubeApiError,
} from './KubeApiError';

const answer = (status: number, reason: string) =>
  KubeApiError.fromAnswer(
    status,
    JSON.stringify({ kind: 'Status', reason, message: 'words' }),
  );

describe('KubeApiError', () => {
  it("keeps the API server's message, and its Retry-After", () => {
    const error = KubeApiError.fromAnswer(429, '{"message":"slow down"}', '7');
    expect(error).toMatchObject({
      status: 429,
      message: 'slow down',
      retryAfter: 7,
    });
  });

  it('uses plain text unchanged, and never shows an empty message', () => {
    expect(KubeApiError.fromAnswer(502, 'bad gateway\n').message).toBe(
      'bad gateway',
    );
    expect(KubeApiError.fromAnswer(502, '').message).toBe(
      'The API server returned status 502',
    );
  });

  it('keeps the body of a proxied server', () => {
    expect(KubeApiError.fromAnswer(503, '{"status":"failed"}').body).toBe(
      '{"status":"failed"}',
    );
  });

  it('classifies common rejections', () => {
    expect(isNotFound(answer(404, 'NotFound'))).toBe(true);
    expect(isAlreadyExists(answer(409, 'AlreadyExists'))).toBe(true);
    expect(isConflict(answer(409, 'AlreadyExists'))).toBe(false);
    expect(isForbidden(answer(403, 'Forbidden'))).toBe(true);
    expect(isGone(answer(410, 'Expired'))).toBe(true);
    expect(isNotFound(new Error('NotFound'))).toBe(false);
  });
});
