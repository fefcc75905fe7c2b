import type {
  ContractVerb,
  VerbOutcome,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  makeStyles,
  Typography,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { ActionFailure } from '../../ActionFailure';
import { fieldsOf, readFields, VerbFields } from './VerbFields';

const useStyles = makeStyles(theme => ({
  content: { display: 'grid', gap: theme.spacing(2) },
}));

/** Says what a verb of an app does, carries it out, and tells what came of it in each pod. */
export function VerbDialog({
  act,
  onClose,
  title,
  verb,
}: {
  act: (parameters: Record<string, unknown>) => Promise<VerbOutcome>;
  onClose: () => void;
  title: string;
  verb: ContractVerb;
}) {
  const classes = useStyles();
  const titleId = useId();
  const fields = fieldsOf(verb.parameters);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const { parameters, isValid } = readFields(fields, texts);
  const [state, run] = useAsyncFn(
    async () => act(parameters),
    [act, JSON.stringify(parameters)],
  );
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent className={classes.content}>
        <Typography style={{ whiteSpace: 'pre-line' }}>
          {verb.description}
        </Typography>
        {verb.confirm && <Alert severity="warning">{verb.confirm}</Alert>}
        <VerbFields fields={fields} texts={texts} onChange={setTexts} />
        <div role="status">
          {state.value && <Outcome outcome={state.value} />}
        </div>
        {state.error && <ActionFailure error={state.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>
          {state.value || state.loading ? 'Close' : 'Cancel'}
        </Button>
        <Button
          variant="contained"
          color="primary"
          disabled={!isValid || state.loading}
          onClick={run}
        >
          {wordsOf(state.loading, state.value !== undefined)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function wordsOf(isBusy: boolean, isDone: boolean): string {
  if (isBusy) return 'Doing it …';
  return isDone ? 'Do it again' : 'Do it';
}

/** One sentence where all pods say the same, else one for each. */
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
