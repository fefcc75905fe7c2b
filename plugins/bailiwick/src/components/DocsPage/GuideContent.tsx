import { Link, MarkdownContent } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  GuidePart,
  GuideSummary,
  GuideView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import { guideRouteRef } from '../../routeRefs';
import { resolveGuideLink } from './resolveGuideLink';
import { useGuideStyles } from './useGuideStyles';

/** The parts of a guide, beside links to them; shows the part that the address names. */
export function GuideContent({
  guide,
  guides,
}: {
  guide: GuideView;
  /** All guides, which can be targets of links. */
  guides: GuideSummary[];
}) {
  const classes = useGuideStyles();
  const toGuide = useRouteRef(guideRouteRef);
  const location = useLocation();
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (location.hash)
      document
        .getElementById(location.hash.slice(1))
        ?.scrollIntoView?.({ block: 'start' });
  }, [location]);
  useEffect(() => {
    // The keyboard scrolls only what can have the focus.
    for (const block of content.current!.querySelectorAll('pre, table'))
      if (block.scrollWidth > block.clientWidth)
        block.setAttribute('tabindex', '0');
  }, [guide]);
  const sections = guide.parts.filter(({ level }) => level === 2);
  return (
    <div className={classes.page}>
      {sections.length > 1 && (
        <nav className={classes.contents} aria-label="On this page">
          <ul className={classes.list}>
            {sections.map(({ anchor, title }) => (
              <li key={anchor}>
                <Link to={`#${anchor}`}>{title}</Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div ref={content}>
        <Stack>
          {guide.parts.map(part => (
            <Part
              key={part.anchor}
              part={part}
              resolveLink={href =>
                resolveGuideLink(href, guide.path, guides, name =>
                  toGuide({ guide: name }),
                )
              }
            />
          ))}
        </Stack>
      </div>
    </div>
  );
}

function Part({
  part: { anchor, level, markdown, title },
  resolveLink,
}: {
  part: GuidePart;
  resolveLink: (href: string) => string;
}) {
  const classes = useGuideStyles();
  return (
    <section>
      {level > 1 && (
        <Typography
          id={anchor}
          className={classes.heading}
          variant={level === 2 ? 'h5' : 'h6'}
          component={level === 2 ? 'h2' : 'h3'}
        >
          {title}
        </Typography>
      )}
      <MarkdownContent
        className={classes.text}
        content={withoutLanguages(markdown)}
        transformLinkUri={resolveLink}
      />
    </section>
  );
}

/** Removes the languages of code blocks: the colors of Backstage's highlighter have too little contrast. */
function withoutLanguages(markdown: string): string {
  return markdown.replace(/^(\s*```)[^`\n]+$/gm, '$1');
}
