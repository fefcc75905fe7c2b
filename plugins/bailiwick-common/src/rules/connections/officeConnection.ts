import { escapeXml } from './escapeXml';
import type { ConnectionSource } from './ConnectionSource';
import { powerQuery } from './powerQuery';

/**
 * Returns an Office Data Connection, which Excel opens as a query of a table
 * (https://learn.microsoft.com/openspecs/office_file_formats/ms-odcff). The query itself is XML, encoded as a text
 * (https://learn.microsoft.com/openspecs/office_file_formats/ms-qdeif).
 *
 * @public
 */
export function officeConnection(source: ConnectionSource): string {
  const name = escapeXml(source.fn.name);
  return `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv="Content-Type" content="text/x-ms-odc; charset=utf-8"/>
<meta name="ProgId" content="ODC.Database"/>
<meta name="SourceType" content="OLEDB"/>
<title>${name}</title>
<xml id="docprops"><o:DocumentProperties xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<o:Description>${escapeXml(
    `${source.fn.name} of ${source.app}`,
  )}</o:Description>
<o:Name>${name}</o:Name>
</o:DocumentProperties></xml>
<xml id="msodc"><odc:OfficeDataConnection xmlns:odc="urn:schemas-microsoft-com:office:odc" xmlns="http://www.w3.org/TR/REC-html40">
<odc:PowerQueryConnection odc:Type="OLEDB">
<odc:ConnectionString>Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=${name};Extended Properties=&quot;&quot;</odc:ConnectionString>
<odc:CommandType>SQL</odc:CommandType>
<odc:CommandText>SELECT * FROM [${name}]</odc:CommandText>
</odc:PowerQueryConnection>
<odc:PowerQueryMashupData>${escapeXml(
    mashup(source),
  )}</odc:PowerQueryMashupData>
</odc:OfficeDataConnection></xml>
</head>
<body></body>
</html>
`;
}

function mashup(source: ConnectionSource): string {
  const name = escapeXml(source.fn.name);
  const formula = escapeXml(powerQuery(source));
  return [
    '<Mashup xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/DataMashup">',
    '<Client>EXCEL</Client><Version>2.21.0.0</Version><MinVersion>2.21.0.0</MinVersion><Culture>en-US</Culture><SafeCombine>true</SafeCombine>',
    `<Items><Query Name="${name}"><Formula>${formula}</Formula>`,
    '<IsParameterQuery xsi:nil="true"/><IsDirectQuery xsi:nil="true"/></Query></Items></Mashup>',
  ].join('');
}
