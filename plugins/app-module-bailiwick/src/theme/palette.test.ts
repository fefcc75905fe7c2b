import { getContrastRatio } from '@material-ui/core/styles';
import { dark, light } from './palette';

describe.each([light, dark])('the $mode palette', colours => {
  const { background, navigation, status, subtle, text } = colours;
  const surfaces = [background.default, background.paper, subtle];
  const readable: Record<string, string> = {
    'primary text': text.primary,
    'secondary text': text.secondary,
    link: colours.link,
    primary: colours.primary.main,
    error: colours.error.main,
    warning: colours.warning.main,
    info: colours.info.main,
    success: colours.success.main,
    ...Object.fromEntries(
      Object.entries(status).map(([name, colour]) => [name, colour]),
    ),
  };

  it.each(Object.entries(readable))(
    'has AA contrast for %s on every surface',
    (_name, colour) => {
      for (const surface of surfaces)
        expect(getContrastRatio(colour, surface)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ['error', colours.errorText, colours.errorBackground],
    ['warning', colours.warningText, colours.warningBackground],
    ['information', colours.infoText, colours.infoBackground],
    ['navigation', navigation.color, navigation.background],
    ['the selected page', navigation.selectedColor, subtle],
    ['a primary button', colours.primary.contrastText!, colours.primary.main],
  ])('has AA contrast for %s on its background', (_name, colour, surface) => {
    expect(getContrastRatio(colour, surface)).toBeGreaterThanOrEqual(4.5);
  });

  it('has AA contrast for the outline of the focus in the navigation', () => {
    for (const surface of [navigation.background, subtle])
      expect(
        getContrastRatio(colours.primary.main, surface),
      ).toBeGreaterThanOrEqual(3);
  });
});
