import {
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { canBuildAs } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { makeStyles } from '@material-ui/core';
import { onlyAsksForData, useGrantedAccess } from '../access/useAppAccess';
import { ClusterProgress } from '../ClusterProgress';
import { CreateAppButton } from '../CreateAppButton';
import { PageFrame } from '../PageFrame';
import { FirstSteps } from './FirstSteps';
import { HomeAccess } from './HomeAccess';
import { HomeApps } from './HomeApps';
import { HomeFleet } from './HomeFleet';
import { HomeRequests } from './HomeRequests';
import { HomeSearch } from './HomeSearch';
import { HomeTenants } from './HomeTenants';
import { NextStepCard } from './NextStepCard';
import { useHome } from './useHome';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gap: theme.spacing(3),
    alignItems: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
    },
  },
}));

/**
 * Next steps for the reader. The cards depend on the reader's roles.
 *
 * @param title - heading of the page
 */
export function HomePage({ title = 'Bailiwick' }: { title?: string }) {
  const classes = useStyles();
  const { apps, next, packs, plans, requests, situation } = useHome();
  const tenants = situation?.tenants ?? [];
  const mine = tenants.filter(({ myRole }) => myRole);
  const builds = mine.some(({ myRole }) => canBuildAs(myRole));
  const granted = useGrantedAccess();
  // Such a person came to read data, not to request a tenant.
  const onlyReads =
    mine.length === 0 &&
    !situation?.me?.platformEngineer &&
    (granted?.length || onlyAsksForData(situation?.requests ?? []));
  // Until the access is known, the wrong page would show for a moment.
  const shown = granted || mine.length > 0 ? situation : undefined;
  const domains = packs.value?.map(({ spec }) => spec.title).join(', ');
  return (
    <PageFrame
      title={title}
      actions={
        builds && situation?.apps.length ? <CreateAppButton in={mine} /> : null
      }
    >
      <ClusterProgress />
      <Stack spacing={3}>
        <HomeSearch />
        {granted?.length && mine.length === 0 ? (
          <HomeAccess />
        ) : (
          <LiveContent
            live={{ ...next, value: shown }}
            what="Your next step"
            skeletons={[96, 320]}
          >
            {known => <NextStepCard situation={known} />}
          </LiveContent>
        )}
        {shown && !onlyReads && (
          <FirstSteps domains={domains} situation={shown} />
        )}
        {situation?.me?.platformEngineer && (
          <HomeFleet apps={situation.apps} tenants={tenants} />
        )}
        {/* Earlier, the cards above would push these down. */}
        {(shown || next.error) && (
          <div className={classes.columns}>
            {!onlyReads && <HomeApps apps={apps} tenants={tenants} />}
            <Stack spacing={3}>
              <HomeRequests
                plans={plans.value ?? []}
                requests={requests}
                tenants={tenants}
              />
              <HomeTenants tenants={mine} />
              {mine.length > 0 && <HomeAccess />}
            </Stack>
          </div>
        )}
      </Stack>
    </PageFrame>
  );
}
