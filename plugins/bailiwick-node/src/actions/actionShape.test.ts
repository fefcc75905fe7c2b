import { tenantRequestSchema } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { z } from 'zod';
import { actionShape } from './actionShape';

const request = {
  name: 'rates-desk',
  reason: 'The morning meeting needs it.',
  spec: {
    title: 'Rates desk',
    purpose: 'Curves and prices.',
    owners: ['group:default/rates'],
    plan: 'small',
    environments: [{ name: 'dev' }],
  },
};

describe('actionShape', () => {
  const shape = actionShape(tenantRequestSchema);
  const accepts = (input: unknown) => shape.safeParse(input).success;

  it('accepts valid input unchanged', () => {
    expect(shape.parse(request)).toEqual(request);
    expect(tenantRequestSchema.safeParse(request).success).toBe(true);
  });

  it('rejects other types, missing fields, and unknown fields', () => {
    const { reason: _reason, ...unfounded } = request;
    expect(accepts(unfounded)).toBe(false);
    expect(accepts({ ...request, name: 5 })).toBe(false);
    expect(accepts({ ...request, approved: true })).toBe(false);
    const members = [{ subject: 'user:default/bea', role: 'king' }];
    expect(accepts({ ...request, spec: { ...request.spec, members } })).toBe(
      false,
    );
  });

  it('leaves rules to the validation of the input', () => {
    const wrong = { ...request, name: 'kube--Desk'.repeat(20), reason: '' };
    expect(accepts(wrong)).toBe(true);
    expect(tenantRequestSchema.safeParse(wrong).success).toBe(false);
  });

  it('keeps descriptions, also of optional fields', () => {
    expect(shape.shape.reason.description).toMatch(
      /^Reason, shown to approvers/,
    );
    expect(shape.shape.spec.shape.members.unwrap().description).toBe(
      'People and groups with a role.',
    );
  });

  it('keeps fields of a free object', () => {
    const free = actionShape(z.object({ answers: z.object({}) }));
    const input = { answers: { symbols: ['AAPL'] } };
    expect(free.parse(input)).toEqual(input);
  });
});
