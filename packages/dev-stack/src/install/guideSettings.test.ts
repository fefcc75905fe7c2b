/** @jest-environment node */
import { loadConfigSchema, type ConfigSchema } from '@backstage/config-loader';
import { repositoryRoot } from '@bailiwick/backstage-cli';
import Ajv from 'ajv/dist/2020';
import { marked, type Tokens } from 'marked';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Json = any;

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

/** Returns the YAML blocks of a page, each with the heading above it. */
function readBlocks(page: string): Array<[heading: string, values: Json]> {
  let heading = '';
  return marked.lexer(page).flatMap((token): Array<[string, Json]> => {
    if (token.type === 'heading') heading = (token as Tokens.Heading).text;
    const { lang, text } = token as Tokens.Code;
    return token.type === 'code' && lang === 'yaml'
      ? [[heading, parse(text)]]
      : [];
  });
}

/** Returns the paths in a configuration that no schema describes, because schemas of Backstage accept unknown names. */
function findUnknown(data: Json, schemas: Json[], path = ''): string[] {
  if (schemas.length === 0) return [path];
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return [];
  return Object.entries(data).flatMap(([key, value]) =>
    findUnknown(
      value,
      schemas.flatMap(variantsOf).flatMap(schema => {
        const { additionalProperties, properties } = schema;
        const found = properties?.[key] ?? additionalProperties;
        return typeof found === 'object' ? [found] : [];
      }),
      path ? `${path}.${key}` : key,
    ),
  );
}

function variantsOf(schema: Json): Json[] {
  const variants = ['allOf', 'anyOf', 'oneOf'].flatMap(
    key => schema[key] ?? [],
  );
  return [schema, ...variants.flatMap(variantsOf)];
}

/** Guides with settings for products of others, which they name in headings. */
const guides: [string, string[]][] = [
  [
    'identity.md',
    ['Keycloak', 'Entra ID', 'Google', 'Okta', 'Auth0', 'A person who leaves'],
  ],
  [
    'git-hosts.md',
    ['Gitea', 'GitHub', 'GitLab', 'Bitbucket Cloud', 'Bitbucket Data Center'],
  ],
];

describe.each(guides)('the guide %s', (guide, products) => {
  const blocks = readBlocks(read(`docs/install/${guide}`));
  const checkValues = new Ajv({ strict: false }).compile(
    JSON.parse(read('charts/bailiwick/values.schema.json')),
  );
  const base = ['', '.production'].map(name => ({
    context: `backstage.app-config${name}.yaml`,
    data: parse(read(`backstage.app-config${name}.yaml`)),
  }));
  let schema: ConfigSchema;
  let schemas: Json[];

  beforeAll(async () => {
    schema = await loadConfigSchema({
      dependencies: ['@bailiwick/backstage-backend'],
    });
    schemas = (schema.serialize().schemas as Json[]).map(({ value }) => value);
  }, 120_000);

  /** Problems of settings, besides those of the settings without the variables of a portal. */
  function problemsOf(data: Json): string[] {
    const messages = (own: Json) => {
      try {
        schema.process([...base, { context: 'guide', data: own }]);
        return [];
      } catch (error) {
        return (error as Error).message.split('; ');
      }
    };
    const known = messages({}).map(message => message.split(', ').at(-1));
    return messages(data).filter(
      message => !known.includes(message.split(', ').at(-1)),
    );
  }

  it('has settings for all products', () => {
    expect(blocks.map(([heading]) => heading)).toEqual(products);
  });

  it.each(blocks)('has valid values of the chart for %s', (_, values) => {
    checkValues(values);
    expect(checkValues.errors).toBeNull();
  });

  it.each(blocks)('has valid settings of the portal for %s', (_, values) => {
    const data = values.portal.config ?? {};
    expect(findUnknown(data, schemas)).toEqual([]);
    expect(problemsOf(data)).toEqual([]);
  });

  it('would not pass with a misspelled or mistyped setting', () => {
    const oidc = (production: object) => ({
      auth: { providers: { oidc: { production } } },
    });
    expect(
      findUnknown(oidc({ allowMissingEmailVerifed: true }), schemas),
    ).toEqual(['auth.providers.oidc.production.allowMissingEmailVerifed']);
    const data = oidc({ allowMissingEmailVerified: 'yes' });
    expect(problemsOf(data)).toEqual([
      expect.stringMatching(/must be boolean.*allowMissingEmailVerified/),
    ]);
  });
});
