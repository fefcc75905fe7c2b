import { LinkButton } from '@backstage/core-components';
import { FavoriteEntity } from '@backstage/plugin-catalog-react';
import type { PackColour } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { ResultPicture } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  Card,
  makeStyles,
  Typography,
  useTheme,
} from '@material-ui/core';
import type { GalleryTemplate } from './gallerySections';
import { packShade } from './packColour';
import { needsOf, yieldOf } from './templateFacts';
import { templatePath } from './templatePath';
import { TestResult } from './TestResult';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  content: {
    flexGrow: 1,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1.5, 2, 1),
  },
  heading: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
  title: {
    ...theme.typography.subtitle1,
    minWidth: 0,
    fontWeight: 600,
    lineHeight: 1.4,
  },
  description: {
    display: '-webkit-box',
    overflow: 'hidden',
    '-webkit-box-orient': 'vertical',
    '-webkit-line-clamp': 3,
  },
  facts: {
    ...theme.typography.caption,
    marginTop: 'auto',
    paddingTop: theme.spacing(0.5),
    color: theme.palette.text.secondary,
  },
  footer: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0, 2, 1.5),
  },
  buttons: { display: 'flex', gap: theme.spacing(0.5), marginLeft: 'auto' },
  preview: { minWidth: 0 },
}));

/** A template in the gallery: picture of the result, one sentence, needs, yield, test results and actions. */
export function GalleryCard({
  canUse,
  colour,
  onPreview,
  template,
  tenant,
}: {
  /** Whether the reader can create an app from the template. */
  canUse: boolean;
  colour?: PackColour;
  onPreview?: () => void;
  template: GalleryTemplate;
  /** Name of the app's tenant; the form asks for it if absent. */
  tenant?: string;
}) {
  const classes = useStyles();
  const shade = packShade(colour, useTheme());
  const { description, entity, made, title } = template;
  return (
    <Card className={classes.root} variant="outlined">
      {made && (
        <ResultPicture
          label={made.sample ? `Sample of ${made.sample.function}` : 'Columns'}
          picture={made.picture}
          shade={shade}
        />
      )}
      <div className={classes.content}>
        <div className={classes.heading}>
          <Typography component="h3" className={classes.title}>
            {title}
          </Typography>
          <FavoriteEntity entity={entity} style={{ padding: 0 }} />
        </div>
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.description}
          title={description}
        >
          {description || 'No description'}
        </Typography>
        {made && (
          <div className={classes.facts}>
            <div>Returns {yieldOf(made.archetype)}</div>
            <Needs needs={needsOf(made.archetype, made.pack)} />
          </div>
        )}
      </div>
      <div className={classes.footer}>
        {made && <TestResult results={made.results} />}
        <div className={classes.buttons}>
          {made && onPreview && (
            <Button
              size="small"
              variant={canUse ? 'text' : 'outlined'}
              className={classes.preview}
              aria-label={`Preview ${title}`}
              onClick={onPreview}
            >
              Preview
            </Button>
          )}
          {canUse && (
            <LinkButton
              size="small"
              variant="outlined"
              color="primary"
              to={templatePath(entity, tenant)}
              aria-label={`Use template ${title}`}
            >
              Use template
            </LinkButton>
          )}
        </div>
      </div>
    </Card>
  );
}

function Needs({ needs }: { needs: string[] }) {
  return needs.length > 0 ? <div>Needs {needs.join(', ')}</div> : null;
}
