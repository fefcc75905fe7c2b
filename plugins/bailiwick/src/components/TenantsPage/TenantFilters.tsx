import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { makeStyles, MenuItem, TextField } from '@material-ui/core';
import { FilterChips } from '../filters';
import { tenantFilters } from './tenantFilters';
import type { useTenantFilters } from './useTenantFilters';

const useStyles = makeStyles({ plan: { minWidth: 140 } });

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
    <FilterChips
      chosen={chosen}
      filters={tenantFilters}
      isClear={chosen.length === 0 && plan === ''}
      items={tenants}
      onClear={clear}
      onToggle={toggle}
    >
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
    </FilterChips>
  );
}
