import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { RequestNote } from '../../change/RequestNote';
import { underWay } from '../../change/disabledReason';
import { CordonButton } from '../overview/CordonButton';
import { RenewButton } from '../renew/RenewButton';
import type { TenantFacts } from '../facts/TenantFacts';
import { bannersOf, type Banner } from './bannersOf';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
  offer: { marginTop: theme.spacing(1) },
}));

/** Banners above all tabs: the tenant ends, is suspended, cordoned or being deleted, with the next step. */
export function TenantBanners({ facts }: { facts: TenantFacts }) {
  const classes = useStyles();
  const banners = bannersOf(facts, Date.now());
  const leaving = underWay(facts.requests, 'offboard');
  if (banners.length === 0 && !leaving && !facts.failure) return null;
  return (
    <Stack className={classes.root}>
      {facts.failure && (
        <Alert severity="error">
          <AlertTitle>Can’t load plans, prices and your permissions</AlertTitle>
          {facts.failure.message} The rest of the page is up to date. Reload to
          try again.
        </Alert>
      )}
      {leaving && <RequestNote facts={facts} request={leaving} />}
      {banners.map(banner => (
        <Alert key={banner.title} severity={banner.severity}>
          <AlertTitle>{banner.title}</AlertTitle>
          {banner.text}
          <div className={classes.offer}>
            <Offer banner={banner} facts={facts} />
          </div>
        </Alert>
      ))}
    </Stack>
  );
}

function Offer({ banner, facts }: { banner: Banner; facts: TenantFacts }) {
  if (banner.offers === 'renew') return <RenewButton facts={facts} />;
  return banner.offers === 'uncordon' ? <CordonButton facts={facts} /> : null;
}
