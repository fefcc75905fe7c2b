import { renderInTestApp } from '@backstage/test-utils';
import {
  requestStateOf,
  type RequestState,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { screen } from '@testing-library/react';
import { RequestChip } from './RequestChip';

const phases: [
  NonNullable<Parameters<typeof requestStateOf>[0]['status']>['phase'],
  RequestState,
][] = [
  [undefined, 'Pending'],
  ['Open', 'Pending'],
  ['Approved', 'Approved'],
  ['Denied', 'Denied'],
  ['Withdrawn', 'Withdrawn'],
  ['Expired', 'Expired'],
  ['Applied', 'Completed'],
  ['Failed', 'Failed'],
];

describe('RequestChip', () => {
  it.each(phases)('shows phase %s as %s', async (phase, word) => {
    const state = requestStateOf({ status: phase && { phase } });
    const { container } = await renderInTestApp(<RequestChip state={state} />);
    expect(screen.getByText(word)).toBeVisible();
    expect(container.querySelector('svg')).toHaveAttribute('aria-hidden');
  });
});
