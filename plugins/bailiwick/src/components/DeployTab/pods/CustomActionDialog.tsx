import type { ContractVerb } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { VerbOutcome } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { ConfirmDialog } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { fieldsOf, ParameterFields, readFields } from '../../ParameterFields';

/** Describes a custom action of an app, runs it, and shows its outcome in each pod. */
export function CustomActionDialog({
  action,
  onClose,
  onRun,
  title,
}: {
  action: ContractVerb;
  onClose: () => void;
  onRun: (parameters: Record<string, unknown>) => Promise<VerbOutcome>;
  title: string;
}) {
  const fields = fieldsOf(action.parameters);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const { parameters, isValid } = readFields(fields, texts);
  const [outcome, setOutcome] = useState<VerbOutcome>();
  const run = async () => {
    try {
      setOutcome(await onRun(parameters));
    } catch (error) {
      setOutcome(undefined);
      throw error;
    }
  };
  return (
    <ConfirmDialog
      title={title}
      confirm={outcome ? 'Run again' : 'Run'}
      busy="Running…"
      cancel={outcome ? 'Close' : 'Cancel'}
      isDisabled={!isValid}
      staysOpen
      onConfirm={run}
      onClose={onClose}
    >
      <Typography style={{ whiteSpace: 'pre-line' }}>
        {action.description}
      </Typography>
      {action.confirm && <Alert severity="warning">{action.confirm}</Alert>}
      <ParameterFields fields={fields} texts={texts} onChange={setTexts} />
      <div role="status">{outcome && <Outcome outcome={outcome} />}</div>
    </ConfirmDialog>
  );
}

/** One sentence if all pods have the same outcome, otherwise one for each. */
function Outcome({ outcome: { pods } }: { outcome: VerbOutcome }) {
  const [first] = pods;
  const isAlike = pods.every(
    ({ message, refusal }) =>
      message === first.message && refusal === first.refusal,
  );
  const shown = isAlike ? [{ ...first, pod: '' }] : pods;
  const many = isAlike && pods.length > 1 ? `All ${pods.length} pods: ` : '';
  return (
    <>
      {shown.map(({ message, pod, refusal }) => (
        <Alert key={pod} severity={refusal === undefined ? 'success' : 'error'}>
          {pod ? `${pod}: ` : many}
          {refusal ?? message}
        </Alert>
      ))}
    </>
  );
}
