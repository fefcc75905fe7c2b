import {
  makeStyles,
  Step,
  StepButton,
  Stepper,
  useMediaQuery,
  type Theme,
} from '@material-ui/core';

const useStyles = makeStyles({
  root: { padding: 0, background: 'none' },
});

/** The steps of the form; one goes back to any, and on as far as all before it are right. */
export function StepBar({
  current,
  furthest,
  onGo,
  titles,
}: {
  current: number;
  /** The last step that one may go to. */
  furthest: number;
  onGo: (step: number) => void;
  titles: string[];
}) {
  const classes = useStyles();
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  return (
    <Stepper
      nonLinear
      className={classes.root}
      activeStep={current}
      orientation={isNarrow ? 'vertical' : 'horizontal'}
    >
      {titles.map((title, step) => (
        <Step key={title} completed={step < current} disabled={step > furthest}>
          <StepButton
            aria-current={step === current ? 'step' : undefined}
            onClick={() => onGo(step)}
          >
            {title}
          </StepButton>
        </Step>
      ))}
    </Stepper>
  );
}
