import { describeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { TableColumn } from '@bailiwick/backstage-plugin-bailiwick-react';
import { ChooseBox } from '../selection/ChooseBox';
import type { Selection } from '../selection/useSelection';

/** A column with a box at each request that the reader can decide. */
export function selectionColumn(
  selection: Selection,
): TableColumn<RequestView> {
  return {
    title: 'Select',
    width: '72px',
    text: () => '',
    cell: request =>
      request.canDecide && (
        <ChooseBox
          ids={[request.metadata.name]}
          label={describeRequest(request)}
          selection={selection}
        />
      ),
  };
}
