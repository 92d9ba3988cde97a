/** Groups whose text no reader sees, or only around the text. */
export const LEFT_OUT = new Set(
  `colortbl listtable listoverridetable list listlevel listoverride revtbl rsidtbl generator filetbl pict objdata objclass objname fldinst header
   headerl headerr headerf footer footerl footerr footerf xe tc tcn rxe txe bkmkstart bkmkend atnid atnauthor atrfstart
   atrfend annotation themedata colorschememapping datastore latentstyles xmlnstbl fontemb nonesttables
   template nonshppict private falt panose sp shprslt mmathPr pgdsctbl ftnsep ftnsepc aftnsep aftnsepc aftncn ftncn
   background company operator category manager doccomm hlinkbase vern comment`.split(/\s+/),
);

/** Groups that programs may pass over (`\*`) and that hold text, or what the text needs, all the same. */
export const TAKEN_ANYWAY = new Set(
  'shpinst shptxt do nesttableprops pntext listtext footnote ud'.split(' '),
);

/** What the info group says of the document. */
export const INFO_TEXTS = new Set(['title', 'author', 'subject', 'keywords']);
export const INFO_TIMES = new Set(['creatim', 'revtim']);

/** Control words that are characters. */
export const CHARACTERS = new Map([
  ['~', '\u00a0'],
  ['_', '\u2011'],
  ['tab', ' '],
  ['line', '\n'],
  ['lbr', '\n'],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['qmspace', ' '],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['zwj', '\u200d'],
  ['zwnj', '\u200c'],
  ['{', '{'],
  ['}', '}'],
  ['\\', '\\'],
]);

/** Control words that end a paragraph. */
export const PARAGRAPH_ENDS = new Set(['par', 'sect', 'page', 'column', '\n', '\r']);
