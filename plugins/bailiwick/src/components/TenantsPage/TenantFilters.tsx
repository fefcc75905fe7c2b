import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  Button,
  Chip,
  makeStyles,
  MenuItem,
  TextField,
} from '@material-ui/core';
import CheckIcon from '@material-ui/icons/Check';
import { tenantFilters } from './tenantFilters';
import type { useTenantFilters } from './useTenantFilters';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  chip: { margin: 0 },
  plan: { minWidth: 140 },
}));

const allPlans = 'All plans';

/** Picks tenants of one's own, of a plan, that end soon or are nearly full; each with its count. */
export function TenantFilters({
  filters: { chosen, clear, plan, setPlan, toggle },
  tenants,
}: {
  filters: ReturnType<typeof useTenantFilters>;
  /** All that the reader sees. */
  tenants: TenantView[];
}) {
  const classes = useStyles();
  const plans = [...new Set(tenants.map(({ spec }) => spec.plan))].sort();
  const picked = plans.includes(plan) ? plan : '';
  return (
    <div className={classes.root} role="group" aria-label="Filters">
      {Object.entries(tenantFilters).map(([key, { fits, title }]) => {
        const isChosen = chosen.includes(key);
        const count = tenants.filter(one => fits(one, Date.now())).length;
        return (
          <Chip
            key={key}
            clickable
            className={classes.chip}
            label={`${title} (${count})`}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'default' : 'outlined'}
            icon={isChosen ? <CheckIcon /> : undefined}
            aria-pressed={isChosen}
            onClick={() => toggle(key)}
          />
        );
      })}
      <TextField
        select
        size="small"
        variant="outlined"
        id="filter-plan"
        SelectProps={{
          displayEmpty: true,
          SelectDisplayProps: { 'aria-label': `Plan: ${picked || allPlans}` },
        }}
        className={classes.plan}
        value={picked}
        onChange={({ target }) => setPlan(target.value)}
      >
        <MenuItem value="">{allPlans}</MenuItem>
        {plans.map(name => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      {(chosen.length > 0 || plan !== '') && (
        <Button size="small" onClick={clear}>
          Clear the filters
        </Button>
      )}
    </div>
  );
}
