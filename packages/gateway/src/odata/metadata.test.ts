import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { EntitySet } from './metadata';
import { metadataDocument, serviceDocument } from './metadata';

const prices: EntitySet = {
  name: 'prices',
  key: ['symbol'],
  parameters: [],
  description: 'Prices of <shares> & "funds".\u0000',
  properties: [
    {
      name: 'symbol',
      column: 'symbol',
      type: 'Edm.String',
      isNullable: false,
    },
    {
      name: 'a_b',
      column: 'a b',
      type: 'Edm.Decimal',
      precision: 19,
      scale: 4,
      isNullable: true,
      description: 'In EUR.',
    },
    {
      name: 'at',
      column: 'at',
      type: 'Edm.DateTimeOffset',
      isNullable: true,
    },
  ],
};

describe('metadataDocument', () => {
  const xml = metadataDocument([prices]);

  it('is well-formed XML with a schema, types with keys, and a container', () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    const parsed = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
    }).parse(xml);
    const edmx = parsed['edmx:Edmx'];
    expect(edmx.Version).toBe('4.0');
    const schema = edmx['edmx:DataServices'].Schema;
    expect(schema.EntityType).toMatchObject({
      Name: 'prices',
      Key: { PropertyRef: { Name: 'symbol' } },
      Property: [
        { Name: 'symbol', Type: 'Edm.String', Nullable: 'false' },
        {
          Name: 'a_b',
          Type: 'Edm.Decimal',
          Precision: '19',
          Scale: '4',
          Annotation: {
            Term: 'Org.OData.Core.V1.Description',
            String: 'a b: In EUR.',
          },
        },
        { Name: 'at', Type: 'Edm.DateTimeOffset', Precision: '6' },
      ],
      Annotation: { String: 'Prices of <shares> & "funds".' },
    });
    expect(schema.EntityContainer.EntitySet).toEqual({
      Name: 'prices',
      EntityType: 'Bailiwick.prices',
    });
  });
});

describe('serviceDocument', () => {
  it('has absolute links and a url per entity set', () => {
    expect(serviceDocument('https://x.test/odata/', [prices])).toEqual({
      '@odata.context': 'https://x.test/odata/$metadata',
      value: [{ name: 'prices', kind: 'EntitySet', url: 'prices' }],
    });
  });
});
