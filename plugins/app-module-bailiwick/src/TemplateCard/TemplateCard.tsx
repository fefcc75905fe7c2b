import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
  ItemCardHeader,
  Link,
  MarkdownContent,
  UserIcon,
} from '@backstage/core-components';
import { useAnalytics, useApp, useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityRefLinks,
  entityRouteParams,
  entityRouteRef,
  FavoriteEntity,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import type { TemplateCardComponentProps } from '@backstage/plugin-scaffolder-react/alpha';
import {
  Button,
  Card,
  CardActions,
  CardContent,
  Chip,
  makeStyles,
  useTheme,
  type Theme,
} from '@material-ui/core';
import DescriptionIcon from '@material-ui/icons/Description';
import LanguageIcon from '@material-ui/icons/Language';
import { Verdict } from './Verdict';

const useStyles = makeStyles<
  Theme,
  { fontColor: string; backgroundImage: string }
>(({ palette, spacing }) => ({
  root: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  header: {
    color: ({ fontColor }) => fontColor,
    backgroundImage: ({ backgroundImage }) => backgroundImage,
  },
  kind: { display: 'flex', justifyContent: 'space-between' },
  buttons: { display: 'flex', gap: spacing(1) },
  details: { display: 'flex', color: ({ fontColor }) => fontColor },
  content: {
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    gap: spacing(2),
  },
  description: { flexGrow: 1, '& :first-child': { marginTop: 0 } },
  row: { display: 'flex', flexWrap: 'wrap', gap: spacing(1) },
  tag: { margin: 0 },
  actions: { padding: spacing(2), justifyContent: 'space-between' },
  owner: {
    display: 'flex',
    alignItems: 'center',
    gap: spacing(1),
    color: palette.link,
  },
}));

/** A template in the gallery, as Backstage draws one, with what its contract tests gave. */
export function TemplateCard({
  additionalLinks = [],
  onSelected,
  template,
}: TemplateCardComponentProps) {
  const { metadata, spec } = template;
  const { annotations, description, links = [], name, tags = [] } = metadata;
  const title = metadata.title ?? name;
  const { getPageTheme } = useTheme();
  const classes = useStyles(getPageTheme({ themeId: spec.type }));
  const analytics = useAnalytics();
  const app = useApp();
  const toEntity = useRouteRef(entityRouteRef);
  const owners = getEntityRelations(template, RELATION_OWNED_BY);
  const { allowed } = usePermission({ permission: taskCreatePermission });
  const allLinks = [
    ...additionalLinks,
    ...links.map(({ icon, title: text, url }) => ({
      icon: (icon && app.getSystemIcon(icon)) || LanguageIcon,
      text: text || url,
      url,
    })),
  ];
  const kind = (
    <div className={classes.kind}>
      <div>{spec.type}</div>
      <div className={classes.buttons}>
        <Link
          to={toEntity(entityRouteParams(template))}
          className={classes.details}
          aria-label={`Details of ${title}`}
        >
          <DescriptionIcon aria-hidden />
        </Link>
        <FavoriteEntity entity={template} style={{ padding: 0 }} />
      </div>
    </div>
  );
  return (
    <Card className={classes.root}>
      <ItemCardHeader
        title={title}
        subtitle={kind}
        classes={{ root: classes.header }}
      />
      <CardContent className={classes.content}>
        <MarkdownContent
          className={classes.description}
          content={description ?? 'No description'}
        />
        <Verdict of={annotations} />
        {tags.length > 0 && (
          <div className={classes.row}>
            {tags.map(tag => (
              <Chip
                key={tag}
                className={classes.tag}
                size="small"
                label={tag}
              />
            ))}
          </div>
        )}
        {allLinks.map(({ icon: Icon, text, url }) => (
          <div key={url} className={classes.row}>
            <Icon fontSize="small" />
            <Link to={url}>{text}</Link>
          </div>
        ))}
      </CardContent>
      <CardActions className={classes.actions}>
        <div className={classes.owner}>
          {owners.length > 0 && (
            <>
              <UserIcon fontSize="small" />
              <EntityRefLinks
                entityRefs={owners}
                defaultKind="Group"
                hideIcons
              />
            </>
          )}
        </div>
        {allowed && (
          <Button
            size="small"
            variant="outlined"
            color="primary"
            onClick={() => {
              analytics.captureEvent('click', 'Template has been opened');
              onSelected?.();
            }}
          >
            Choose
          </Button>
        )}
      </CardActions>
    </Card>
  );
}
