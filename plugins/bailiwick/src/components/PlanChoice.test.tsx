import { screen } from '@testing-library/react';
import { FakePortal } from '../__fixtures__/FakePortal';
import { aPlan } from '../__fixtures__/views';
import { renderPage } from '../__testUtils__/renderPage';
import { PlanChoice } from './PlanChoice';

const small = aPlan();
const large = (deciders: string[]) => ({
  ...aPlan({ title: 'Large', approval: { rules: [], deciders } }),
  metadata: { name: 'large' },
});

describe('PlanChoice', () => {
  const show = (plans: (typeof small)[]) =>
    renderPage(
      <PlanChoice
        environments={[]}
        plans={plans}
        value=""
        onChange={() => {}}
      />,
      new FakePortal(),
    );

  it('shows who approves where plans differ', async () => {
    await show([small, large(['group:default/rates'])]);
    expect(screen.getAllByText('Approval')).toHaveLength(2);
    expect(await screen.findByText(/^rates$/i)).toBeVisible();
  });

  it('leaves out the approval that all plans share', async () => {
    await show([small, large(small.spec.approval.deciders)]);
    expect(screen.getByText('Large')).toBeVisible();
    expect(screen.queryByText('Approval')).toBeNull();
  });
});
