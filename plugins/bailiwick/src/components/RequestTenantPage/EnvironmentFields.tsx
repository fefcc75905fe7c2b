import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { effectiveLimits } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Accordion,
  AccordionDetails,
  AccordionSummary,
  Checkbox,
  FormControlLabel,
  makeStyles,
  TextField,
  Typography,
} from '@material-ui/core';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { formatLimits } from '../formatLimits';
import { LimitFields } from '../LimitFields';
import { SelectField } from '../SelectField';
import { chosenSpec, type ChosenEnvironment } from './tenantDraft';

const useStyles = makeStyles(theme => ({
  summary: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: theme.spacing(2),
  },
  details: { flexGrow: 1, minWidth: 0 },
}));

/** One environment in a line, which opens to its name, limits, protection and end. */
export function EnvironmentFields({
  names,
  onChange,
  plan,
  value,
}: {
  /** Names that it can have: its own, and those that the plan suggests and no other environment has. */
  names: string[];
  onChange: (value: ChosenEnvironment) => void;
  plan: Plan;
  value: ChosenEnvironment;
}) {
  const classes = useStyles();
  const { ends, isProtected, limits, name } = value;
  const change = (fields: Partial<ChosenEnvironment>) =>
    onChange({ ...value, ...fields });
  const size = formatLimits(effectiveLimits(plan.spec, chosenSpec(value)));
  return (
    <Accordion variant="outlined" TransitionProps={{ unmountOnExit: true }}>
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>
        <div className={classes.summary}>
          <Typography variant="subtitle1" component="span">
            {name}
          </Typography>{' '}
          <Typography variant="body2" color="textSecondary">
            {isProtected ? `Protected, ${size}` : size}
          </Typography>
        </div>
      </AccordionSummary>
      <AccordionDetails>
        <Stack className={classes.details} spacing={2.5}>
          {names.length > 1 && (
            <SelectField
              label="Name of the environment"
              value={name}
              options={names}
              onChange={chosenName => change({ name: chosenName })}
            />
          )}
          <LimitFields
            idPrefix={`tenant-${name}`}
            limits={limits}
            plan={plan}
            onChange={changed => change({ limits: changed })}
          />
          <FormControlLabel
            label={`Protect ${name}: accepts only approved releases`}
            control={
              <Checkbox
                color="primary"
                checked={isProtected}
                onChange={(_event, checked) => change({ isProtected: checked })}
              />
            }
          />
          <TextField
            type="date"
            size="small"
            variant="outlined"
            id={`tenant-end-of-${name}`}
            label={`Expiry of ${name}`}
            helperText="If empty: expires with the tenant"
            InputLabelProps={{ shrink: true }}
            value={ends}
            onChange={({ target }) => change({ ends: target.value })}
          />
        </Stack>
      </AccordionDetails>
    </Accordion>
  );
}
