import { ApiProvider } from '@backstage/core-app-api';
import { Content, Link } from '@backstage/core-components';
import type { ApiHolder } from '@backstage/core-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import { useMemo } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { createExamplePortal } from '../../src/__fixtures__/examplePortal';
import { AppHeader } from '../../src/components/AppHeader/AppHeader';
import { PageFrame } from '../../src/components/PageFrame';
import { Section } from '../../src/components/Section';
import type { Example } from './Example';
import { exampleGroups } from './exampleGroups';

const useStyles = makeStyles(theme => ({
  root: {
    minHeight: '100vh',
    // Backstage's main area; a page within it has no other background.
    backgroundColor: theme.palette.background.default,
  },
  columns: { columns: '280px', margin: 0, lineHeight: 1.8 },
}));

/** The product's components and pages with fixtures: one of each kind, and inputs that break layouts. */
export function ExamplesPage() {
  return (
    <Routes>
      <Route index element={<ExampleList />} />
      <Route path=":name" element={<NamedExample />} />
    </Routes>
  );
}

/** The links contain the properties that the picture tests need. */
function ExampleList() {
  const classes = useStyles();
  return (
    <PageFrame title="Examples" subtitle="Components and pages with fixtures">
      {exampleGroups.map(({ examples, title }) => (
        <Section key={title} title={title}>
          <ul className={classes.columns}>
            {examples.map(example => (
              <li key={example.name}>
                <Link
                  to={`/examples/${example.name}?${example.query ?? ''}`}
                  data-shows={example.shows}
                  data-is-loading={example.isLoading}
                  data-has-system-fonts={example.hasSystemFonts}
                >
                  {example.title}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </PageFrame>
  );
}

function NamedExample() {
  const { name } = useParams();
  const example = exampleGroups
    .flatMap(({ examples }) => examples)
    .find(one => one.name === name);
  return example ? (
    <ShownExample key={example.name} example={example} />
  ) : (
    <ExampleList />
  );
}

function ShownExample({ example }: { example: Example }) {
  const { element, entity, isPage, name, portal, title } = example;
  const classes = useStyles();
  const apis = useMemo((): ApiHolder => {
    const { client } = portal?.() ?? createExamplePortal();
    return {
      get: ref => (ref.id === bailiwickApiRef.id ? (client as any) : undefined),
    };
  }, [portal]);
  const framed = isPage ? (
    element
  ) : (
    <PageFrame title={title}>
      {entity && <AppHeader />}
      {element}
    </PageFrame>
  );
  return (
    <ApiProvider apis={apis}>
      <div className={classes.root} data-example={name}>
        {entity ? (
          <EntityProvider entity={entity}>{framed}</EntityProvider>
        ) : (
          framed
        )}
      </div>
      <Content noPadding>
        <Link to="/examples">All examples</Link>
      </Content>
    </ApiProvider>
  );
}
