import type { PreviewCell } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { render, screen } from '@testing-library/react';
import { Sample } from './Sample';

const at = '2026-11-20T08:00:00Z';

it.each<[PreviewCell, string]>([
  [1234567.891, '1234567.891'],
  [0.000123456789, '0.000123456789'],
  ['1180591620717411303424', '1180591620717411303424'],
  ['2026-01-01T10:30:07+01:00', '2026-01-01 10:30:07+01:00'],
  [true, 'true'],
  [null, '–'],
])('shows the value %j exactly', (value, text) => {
  render(
    <Sample
      fn={{ name: 'total', parameters: {}, result: { kind: 'value' } }}
      sample={{ at, value }}
    >
      Result
    </Sample>,
  );
  expect(screen.getByText(text)).toBeVisible();
});

it('aligns integers with each other, whatever their size', () => {
  render(
    <Sample
      fn={{
        name: 'ids',
        parameters: {},
        result: {
          kind: 'table',
          columns: [
            { name: 'id', type: 'Integer' },
            { name: 'code', type: 'Text' },
          ],
        },
      }}
      sample={{
        at,
        count: 2,
        rows: [
          { id: 7, code: '8' },
          { id: '9007199254740993', code: null },
        ],
      }}
    >
      now
    </Sample>,
  );
  expect(screen.getByRole('columnheader', { name: 'id' })).toHaveStyle({
    textAlign: 'right',
  });
  expect(screen.getByRole('columnheader', { name: 'code' })).toHaveStyle({
    textAlign: 'left',
  });
  expect(screen.getByText('9007199254740993')).toBeVisible();
});
