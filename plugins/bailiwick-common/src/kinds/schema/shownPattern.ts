/** Returns a range of code points for a character class. */
const range = (from: number, to = from) =>
  from === to
    ? String.fromCodePoint(from)
    : `${String.fromCodePoint(from)}-${String.fromCodePoint(to)}`;

/**
 * Letters, marks and digits of scripts that are written with U+200C (ZWNJ) and U+200D (ZWJ): Arabic, Syriac, the scripts
 * of India and Sri Lanka (U+0900 to U+0DFF), Myanmar, Khmer and Mongolian; without their punctuation and format characters.
 */
const letters = [
  range(0x0610, 0x061a),
  range(0x0620, 0x0669),
  range(0x066e, 0x06d3),
  range(0x06d5, 0x06dc),
  range(0x06df, 0x06fc),
  range(0x06ff),
  range(0x0710, 0x074f),
  range(0x0750, 0x077f),
  range(0x0870, 0x0887),
  range(0x0889, 0x088e),
  range(0x0897, 0x08e1),
  range(0x08e3, 0x0963),
  range(0x0966, 0x0dff),
  range(0x1000, 0x1049),
  range(0x1050, 0x109d),
  range(0x1780, 0x17b3),
  range(0x17b6, 0x17d3),
  range(0x1820, 0x18aa),
].join('');

/** Pictures that ZWJ joins (Unicode Technical Standard 51, section 2.3), without skin tones. */
const pictures = [
  range(0x2194, 0x2195),
  range(0x2600, 0x27bf),
  range(0x2b00, 0x2bff),
  range(0x1f000, 0x1f3fa),
  range(0x1f400, 0x1faff),
].join('');

/** Characters allowed between an emoji and a ZWJ: the variation selector, or a skin tone. */
const styles = `${range(0xfe0f)}${range(0x1f3fb, 0x1f3ff)}`;

const joiner = range(0x200d);
const joiners = range(0x200c, 0x200d);

// The three alternatives begin with different characters, and only the first two contain joiners.
const visible = [
  `[${letters}]([${joiners}][${letters}])*`,
  `[${pictures}]([${styles}]?${joiner}[${pictures}])*`,
  `[^\\p{Cc}\\p{Cf}\\p{Z}${letters}${pictures}]`,
].join('|');

/**
 * Pattern of text with visible characters: no control or format characters (Unicode general categories Cc and Cf)
 * except line breaks and tabs after the first visible character, joiners between letters of scripts that need them, and
 * ZWJ between emoji. The empty text matches.
 *
 * One pattern serves RE2 at the API server, which has no lookaround, and JavaScript. It contains the characters
 * themselves, because the engines escape code points above U+FFFF differently. Each text matches in one way only, so
 * JavaScript needs linear time.
 */
export const shownPattern = new RegExp(
  `^$|^\\p{Z}*((${visible})[\\p{Z}\\n\\r\\t]*)+$`,
  'u',
);
