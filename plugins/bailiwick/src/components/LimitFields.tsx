import {
  resourceNames,
  resources,
  type Plan,
  type ResourceName,
  type ResourceRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToUnits,
  unitsToAmount,
  unitTitle,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { NumberStepper } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import { formatUnit } from './formatLimits';

type Limits = Partial<Record<ResourceName, string>>;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))',
  },
}));

/** Steps of the buttons; the smallest that leads from nothing to the limit in at most eight. */
const steps = [0.25, 0.5, 1, 5, 10, 50, 100, 500];

/** Resources that an environment can limit; counts follow from the plan. */
function limitedFields({ spec }: Plan): ResourceName[] {
  return resourceNames.filter(name => {
    const { isOptional, unit }: ResourceRow = resources[name];
    return unit !== 'objects' && (!isOptional || spec.perEnvironment[name]);
  });
}

/** Limits of one environment, each up to that of the plan, which it is unless someone lowers it. */
export function LimitFields({
  idPrefix,
  limits,
  onChange,
  plan,
}: {
  idPrefix: string;
  /** As kinds store them; empty or absent for those of the plan. */
  limits: Limits;
  onChange: (limits: Limits) => void;
  plan: Plan;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {limitedFields(plan).map(name => {
        const most = plan.spec.perEnvironment[name] ?? 0;
        const max = amountToUnits(name, most);
        const isWhole = resources[name].unit === 'devices';
        const step =
          steps.find(one => max / one <= 8 && (!isWhole || one >= 1)) ?? 1000;
        const value = limits[name] ? amountToUnits(name, limits[name]) : max;
        return (
          <NumberStepper
            key={name}
            id={`${idPrefix}-${name}`}
            label={resources[name].title}
            unit={unitTitle(name)}
            min={isWhole ? 0 : step}
            max={max}
            step={step}
            value={value}
            error={value > max}
            helperText={`At most ${formatUnit(name, most)} in plan ${
              plan.spec.title
            }`}
            onChange={count =>
              onChange({
                ...limits,
                [name]:
                  count === undefined || count === max
                    ? ''
                    : `${unitsToAmount(name, count)}`,
              })
            }
          />
        );
      })}
    </div>
  );
}
