import { InfoCard } from '@backstage/core-components';
import { CopyText, Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';

/** OData address of an app in one environment. */
export function ODataCard({
  address,
  environment,
}: {
  /** With a slash at the end. */
  address: string;
  environment: string;
}) {
  return (
    <InfoCard title="Excel and BI tools" subheader={`In ${environment}`}>
      <Stack>
        <Typography>
          Excel, Power BI, Tableau and Qlik read the tables from this OData
          address. Sign in with Basic: leave the user name empty, and enter a
          token as the password.
        </Typography>
        <CopyText label="the OData address" text={address} />
      </Stack>
    </InfoCard>
  );
}
