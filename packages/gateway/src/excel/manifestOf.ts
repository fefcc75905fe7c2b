import { escapeXml } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { addInId } from './addInId';
import type { AddIn } from './AddIn';

/** Maximum length of short and long texts of a manifest. */
const [short, long] = [125, 250];
/** Sizes of icons in pixels: in the ribbon, and in the list of add-ins. */
const icons = [16, 32, 80];
const listIcons = [32, 64];

/** Where Excel loads an add-in. */
export interface AddInAddresses {
  /** Address of the tenant's add-ins, which identifies them. */
  address: string;
  /** Address of the files, without a slash at the end. */
  files: string;
  version: string;
}

/**
 * Returns the add-in only manifest (https://learn.microsoft.com/office/dev/add-ins/develop/xml-manifest-overview). Custom
 * functions and task pane share a runtime, so the functions can read from the gateway as the page's own origin.
 */
export function manifestOf(
  { namespace, title }: Pick<AddIn, 'namespace' | 'title'>,
  { address, files, version }: AddInAddresses,
): string {
  const url = (name: string) => escapeXml(`${files}/${name}`);
  const name = escapeXml(`Bailiwick ${title}`.slice(0, short));
  const purpose = escapeXml(
    `Functions of ${title} as Excel functions.`.slice(0, long),
  );
  const page = url('page.html');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0"
  xmlns:ov="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="TaskPaneApp">
  <Id>${addInId(address)}</Id>
  <Version>${version}</Version>
  <ProviderName>Bailiwick</ProviderName>
  <DefaultLocale>en-US</DefaultLocale>
  <DisplayName DefaultValue="${name}"/>
  <Description DefaultValue="${purpose}"/>
  <IconUrl DefaultValue="${url(`icon-${listIcons[0]}.png`)}"/>
  <HighResolutionIconUrl DefaultValue="${url(`icon-${listIcons[1]}.png`)}"/>
  <SupportUrl DefaultValue="${page}"/>
  <Hosts>
    <Host Name="Workbook"/>
  </Hosts>
  <Requirements>
    <Sets DefaultMinVersion="1.1">
      <Set Name="SharedRuntime" MinVersion="1.1"/>
      <Set Name="CustomFunctionsRuntime" MinVersion="1.1"/>
    </Sets>
  </Requirements>
  <DefaultSettings>
    <SourceLocation DefaultValue="${page}"/>
  </DefaultSettings>
  <Permissions>ReadWriteDocument</Permissions>
  <VersionOverrides xmlns="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="VersionOverridesV1_0">
    <Hosts>
      <Host xsi:type="Workbook">
        <Runtimes>
          <Runtime resid="Page.Url" lifetime="long"/>
        </Runtimes>
        <AllFormFactors>
          <ExtensionPoint xsi:type="CustomFunctions">
            <Script>
              <SourceLocation resid="Script.Url"/>
            </Script>
            <Page>
              <SourceLocation resid="Page.Url"/>
            </Page>
            <Metadata>
              <SourceLocation resid="Metadata.Url"/>
            </Metadata>
            <Namespace resid="Functions.Namespace"/>
          </ExtensionPoint>
        </AllFormFactors>
        <DesktopFormFactor>
          <GetStarted>
            <Title resid="Name"/>
            <Description resid="Purpose"/>
            <LearnMoreUrl resid="Page.Url"/>
          </GetStarted>
          <ExtensionPoint xsi:type="PrimaryCommandSurface">
            <OfficeTab id="TabHome">
              <Group id="Bailiwick.Group">
                <Label resid="Name"/>
                ${iconElement()}
                <Control xsi:type="Button" id="Bailiwick.Button">
                  <Label resid="Button"/>
                  <Supertip>
                    <Title resid="Button"/>
                    <Description resid="Purpose"/>
                  </Supertip>
                  ${iconElement()}
                  <Action xsi:type="ShowTaskpane">
                    <TaskpaneId>Bailiwick.Pane</TaskpaneId>
                    <SourceLocation resid="Page.Url"/>
                  </Action>
                </Control>
              </Group>
            </OfficeTab>
          </ExtensionPoint>
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>
        ${icons
          .map(
            size =>
              `<bt:Image id="Icon.${size}" DefaultValue="${url(
                `icon-${size}.png`,
              )}"/>`,
          )
          .join('\n        ')}
      </bt:Images>
      <bt:Urls>
        <bt:Url id="Script.Url" DefaultValue="${url('functions.js')}"/>
        <bt:Url id="Metadata.Url" DefaultValue="${url('functions.json')}"/>
        <bt:Url id="Page.Url" DefaultValue="${page}"/>
      </bt:Urls>
      <bt:ShortStrings>
        <bt:String id="Functions.Namespace" DefaultValue="${namespace}"/>
        <bt:String id="Name" DefaultValue="${name}"/>
        <bt:String id="Button" DefaultValue="Tokens"/>
      </bt:ShortStrings>
      <bt:LongStrings>
        <bt:String id="Purpose" DefaultValue="${purpose}"/>
      </bt:LongStrings>
    </Resources>
  </VersionOverrides>
</OfficeApp>
`;
}

function iconElement(): string {
  const images = icons.map(
    size => `<bt:Image size="${size}" resid="Icon.${size}"/>`,
  );
  return `<Icon>${images.join('')}</Icon>`;
}
