import { Content, LinkButton } from '@backstage/core-components';
import { useStarredEntities } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  createAppRefusal,
  LiveContent,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Chip, makeStyles, Typography } from '@material-ui/core';
import { Alert } from '@material-ui/lab';
import { GalleryCard } from './GalleryCard';
import { favorites, GalleryFilters } from './GalleryFilters';
import { filterSections, matchesSearch } from './gallerySections';
import { PackIcon } from './PackIcon';
import { TemplatePreview } from './TemplatePreview';
import { useGallery } from './useGallery';
import { useGalleryView } from './useGalleryView';

const requestTenantPath = '/tenants/-/new';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(3.5),
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
  },
  section: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
  },
  heading: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    '& > :last-child': { minWidth: 0, overflowWrap: 'anywhere' },
  },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
    gap: theme.spacing(2),
  },
}));

type Reader = NonNullable<ReturnType<typeof useGallery>['reader']['value']>;

/** Returns why the reader can't create apps, with the next step; `undefined` while that is unknown. */
function refusalOf(reader: Reader | undefined): string | undefined {
  if (!reader) return undefined;
  if (reader.tenants.length > 0) return createAppRefusal(reader.tenants);
  return reader.isPlatformEngineer
    ? 'Only builders and owners of a tenant can create apps. You can preview all templates.'
    : 'Apps belong to a tenant, and you aren’t a member of any tenant yet. You can preview all templates.';
}

/** The gallery: templates for apps, one section for each domain. @public */
export function GalleryPage() {
  const classes = useStyles();
  const { reader, sections } = useGallery();
  const view = useGalleryView();
  const { isStarredEntity } = useStarredEntities();
  const { allowed } = usePermission({ permission: taskCreatePermission });
  // The notice and the tenant depend on the reader; later, they would push the templates down.
  if (!sections.value || reader.loading)
    return (
      <Content>
        <LiveContent
          live={{ error: sections.error, value: undefined }}
          what="Templates"
          skeletons={[40, 260, 260]}
        >
          {() => null}
        </LiveContent>
      </Content>
    );
  const all = sections.value;
  const refusal = refusalOf(reader.value);
  const canUse = allowed && !refusal;
  const isNewcomer =
    reader.value?.tenants.length === 0 && !reader.value.isPlatformEngineer;
  const chosen = reader.value?.tenants.find(
    ({ metadata }) => metadata.name === view.tenant,
  );
  const { only, search } = view.filter;
  const shown = filterSections(
    all,
    (template, section) =>
      (only === undefined ||
        (only === favorites
          ? isStarredEntity(template.entity)
          : section.name === only)) &&
      matchesSearch(template, section, search),
  );
  const previewed = all
    .flatMap(({ templates }) => templates)
    .find(({ entity }) => entity.metadata.name === view.preview);
  return (
    <Content>
      <div className={classes.root}>
        {refusal && (
          <Alert
            severity="info"
            action={
              isNewcomer && (
                <LinkButton
                  to={requestTenantPath}
                  variant="contained"
                  color="primary"
                  size="small"
                >
                  Request a tenant
                </LinkButton>
              )
            }
          >
            {refusal}
          </Alert>
        )}
        <div className={classes.bar}>
          <GalleryFilters
            filter={view.filter}
            sections={all}
            onChange={view.setFilter}
          />
          {chosen && (
            <Chip
              variant="outlined"
              label={`New app in ${chosen.spec.title}`}
              onDelete={view.clearTenant}
            />
          )}
        </div>
        {shown.length === 0 && (
          <Typography role="status">
            {all.length === 0
              ? 'No domain packs are installed. Ask the platform team for one.'
              : 'No templates match the filters.'}
          </Typography>
        )}
        {shown.map(({ colour, icon, name, summary, templates, title }) => (
          <section key={name} className={classes.section} aria-label={title}>
            <div className={classes.heading}>
              <PackIcon colour={colour} icon={icon} />
              <div>
                <Typography variant="h6" component="h2">
                  {title}
                </Typography>
                <Typography variant="body2" color="textSecondary">
                  {summary}
                </Typography>
              </div>
            </div>
            <div className={classes.cards}>
              {templates.map(template => (
                <GalleryCard
                  key={template.ref}
                  canUse={canUse}
                  colour={colour}
                  template={template}
                  tenant={chosen?.metadata.name}
                  onPreview={() =>
                    view.setPreview(template.entity.metadata.name)
                  }
                />
              ))}
            </div>
          </section>
        ))}
      </div>
      {previewed?.made && (
        <TemplatePreview
          template={previewed}
          tenant={chosen?.metadata.name}
          made={previewed.made}
          canUse={canUse}
          onClose={() => view.setPreview(undefined)}
        />
      )}
    </Content>
  );
}
