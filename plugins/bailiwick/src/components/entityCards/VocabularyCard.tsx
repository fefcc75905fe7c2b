import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { PackView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  LiveContent,
  RowTable,
  useLinkedField,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { fleetFilterOf } from '../../entityKinds';
import { TabCard } from '../TabCard';

const useStyles = makeStyles(theme => ({
  // Leaves the heading of the table and the lines above in sight.
  term: { scrollMarginTop: `${theme.spacing(10)}px` },
  linked: { background: theme.palette.action.selected },
}));

type Term = PackView['spec']['vocabulary'][number];

/** Height of a few rows. */
const skeletons = [120];

/** The terms of a pack; scrolls to the term that the fragment of the address names. */
export function VocabularyCard() {
  const client = useApi(bailiwickApiRef);
  const pack = fleetFilterOf(useEntity().entity)?.name;
  const { error, retry, value } = useAsyncRetry(async () => {
    const packs = await client.listPacks();
    return (
      packs.find(({ metadata }) => metadata.name === pack)?.spec.vocabulary ??
      []
    );
  }, [client, pack]);
  return (
    <TabCard title="Vocabulary">
      <LiveContent
        live={{ error, value }}
        what="The vocabulary"
        onRetry={retry}
        skeletons={skeletons}
        isEmpty={terms => terms.length === 0}
        empty={<Typography>The pack defines no terms.</Typography>}
      >
        {terms => <Terms terms={terms} />}
      </LiveContent>
    </TabCard>
  );
}

function Terms({ terms }: { terms: Term[] }) {
  const classes = useStyles();
  const linked = useLinkedField();
  const columns: TableColumn<Term>[] = [
    {
      title: 'Term',
      text: ({ name }) => name,
      cell: ({ name }) =>
        name === linked.fn ? (
          <strong
            id={name}
            className={`${classes.term} ${classes.linked}`}
            ref={linked.ref}
          >
            {name}
          </strong>
        ) : (
          <span id={name}>{name}</span>
        ),
      width: '25%',
    },
    { title: 'Meaning', text: ({ description = '' }) => description },
    { title: 'Unit', text: ({ unit = '' }) => unit, width: '20%' },
  ];
  return (
    <RowTable
      label="Vocabulary"
      rows={terms.toSorted((a, b) => a.name.localeCompare(b.name))}
      idOf={({ name }) => name}
      columns={columns}
    />
  );
}
