import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { answerKubeErrors, parse, readableMessage } from '.';

const refusal = (
  status: number,
  message: string,
  causes?: { field?: string; message?: string }[],
) => new KubeApiError(status, { message, details: { causes } });

/** The error with which the portal answers another. */
function answered(error: unknown): unknown {
  const next = jest.fn();
  answerKubeErrors(error, {} as Request, {} as Response, next);
  return next.mock.calls[0][0];
}

describe('readableMessage', () => {
  it('keeps the rules of all causes and drops the frame around them', () => {
    const error = refusal(422, 'Tenant "x" is invalid: many words', [
      {
        field: '<nil>',
        message: 'Invalid value: The name must not contain "--": it is taken',
      },
      {
        field: 'spec.environments[0].name',
        message: 'Invalid value: "a: \\"b\\"": must be short',
      },
      { field: 'spec.replicas', message: 'Invalid value: 3: too many' },
      { field: 'spec.title', message: 'Required value' },
    ]);
    expect(readableMessage(error)).toBe(
      'The name must not contain "--": it is taken; spec.environments[0].name: must be short; spec.replicas: too many; spec.title: Required value',
    );
  });

  it('is the whole message when no causes are named', () => {
    expect(readableMessage(refusal(403, 'bea cannot create'))).toBe(
      'bea cannot create',
    );
  });
});

describe('answerKubeErrors', () => {
  it.each([
    [422, InputError],
    [403, NotAllowedError],
    [429, ServiceUnavailableError],
    [503, ServiceUnavailableError],
  ])('answers %d as %p with the same words', (status, expected) => {
    const error = answered(refusal(status, 'in my words'));
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ message: 'in my words' });
  });

  it('recognizes the refusal of an admission policy', () => {
    const error = answered(
      refusal(
        422,
        `changerequests.bailiwick.dev "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: You cannot decide your own request`,
      ),
    );
    expect(error).toBeInstanceOf(NotAllowedError);
    expect(error).toMatchObject({
      message: 'You cannot decide your own request',
    });
  });

  it('leaves other errors alone', () => {
    const other = new Error('x');
    const failure = refusal(500, 'etcd is gone');
    expect(answered(other)).toBe(other);
    expect(answered(failure)).toBe(failure);
  });
});

describe('parse', () => {
  const schema = z.strictObject({ names: z.array(z.string().min(1, 'empty')) });

  it('returns valid input', () => {
    expect(parse(schema, { names: ['a'] })).toEqual({ names: ['a'] });
  });

  it('names every problem with its place', () => {
    expect(() => parse(schema, { names: ['', ''] })).toThrow(
      'names[0]: empty; names[1]: empty',
    );
    expect(() => parse(schema, undefined)).toThrow(InputError);
  });
});
