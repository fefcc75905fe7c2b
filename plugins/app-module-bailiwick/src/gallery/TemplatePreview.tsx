import { LinkButton } from '@backstage/core-components';
import {
  Facts,
  SideDrawer,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import type { ReactNode } from 'react';
import type { GalleryTemplate } from './gallerySections';
import { previewInputs } from './previewInputs';
import { SampleTable } from './SampleTable';
import { functionsOf, needsOf, yieldOf } from './templateFacts';
import { templatePath } from './templatePath';
import { TestResult } from './TestResult';

const useStyles = makeStyles(theme => ({
  files: {
    ...theme.typography.body2,
    fontFamily: 'monospace',
    margin: 0,
    padding: 0,
    listStyle: 'none',
    columns: '200px',
    overflowWrap: 'anywhere',
  },
}));

/** Details of a template before anything is created: sample rows, needs, inputs and files. */
export function TemplatePreview({
  canUse,
  made,
  onClose,
  tenant,
  template: { description, entity, title },
}: {
  /** Whether the reader can create an app from the template. */
  canUse: boolean;
  made: NonNullable<GalleryTemplate['made']>;
  onClose: () => void;
  /** Name of the app's tenant; the form asks for it if absent. */
  tenant?: string;
  template: GalleryTemplate;
}) {
  const classes = useStyles();
  const { archetype, pack, sample, results } = made;
  const inputs = previewInputs(archetype);
  return (
    <SideDrawer title={title} onClose={onClose} closeLabel="Close preview">
      <Typography>{description}</Typography>
      <Typography variant="body2" color="textSecondary">
        A preview creates nothing.
      </Typography>
      <Part title="Sample rows">
        {sample ? (
          <SampleTable sample={sample} />
        ) : (
          <Typography variant="body2">
            The pack has no sample rows for this template.
          </Typography>
        )}
      </Part>
      <Part title="Result">
        <Facts
          facts={[
            ['Returns', yieldOf(archetype)],
            [
              'Functions',
              functionsOf(archetype)
                .map(one => one.name)
                .join(', '),
            ],
            [
              'Needs',
              ['Tenant with an environment', ...needsOf(archetype, pack)].join(
                ', ',
              ),
            ],
            ['Tests', <TestResult key="tests" results={results} />],
            ['Version', `${pack.spec.title} ${pack.spec.version}`],
          ]}
        />
      </Part>
      <Part title="Inputs">
        {inputs.length > 0 ? (
          <Facts
            facts={inputs.map(
              ({ description: words, proposed, title: what }) => [
                what,
                <Stack key={what} spacing={0}>
                  {words && <span>{words}</span>}
                  {proposed && (
                    <Typography
                      variant="body2"
                      color="textSecondary"
                      component="span"
                    >
                      Default: {proposed}
                    </Typography>
                  )}
                </Stack>,
              ],
            )}
          />
        ) : (
          <Typography variant="body2">
            Only tenant, environment and name
          </Typography>
        )}
      </Part>
      <Part title="Files to be created">
        <ul className={classes.files}>
          {archetype.paths.map(path => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      </Part>
      {canUse && (
        <div>
          <LinkButton
            to={templatePath(entity, tenant)}
            variant="contained"
            color="primary"
          >
            Use template
          </LinkButton>
        </div>
      )}
    </SideDrawer>
  );
}

function Part({ children, title }: { children: ReactNode; title: string }) {
  return (
    <section>
      <Typography variant="subtitle2" component="h3" gutterBottom>
        {title}
      </Typography>
      {children}
    </section>
  );
}
