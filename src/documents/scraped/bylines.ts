import { readDate } from '../dates.js';

/** What the lines under a headline say: who published the story, who wrote it, and when. */
export interface Byline {
  source?: string;
  author?: string;
  /** As the page says it: `12 hours ago`. */
  age?: string;
  publishedAt?: string;
  /** True where nothing else was on the line: `• The Star`, `3 min read`. */
  isWeak?: boolean;
}

const MAX_NAME = { length: 48, words: 6 };
const MAX_LINE_LENGTH = 140;

const UNIT = '(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)';
const COUNT = String.raw`(?:an?|a few|one|two|three|\d{1,3})`;
const AGE_FORMS = [
  `${COUNT} ?${UNIT} ago`,
  String.raw`just now|moments ago|hace (?:una?|\d{1,3}) (?:minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?)`,
  String.raw`il y a (?:une?|\d{1,3}) (?:minutes?|heures?|jours?|semaines?|mois|ans?)`,
  String.raw`vor (?:einer|einem|\d{1,3}) (?:Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)`,
  String.raw`h[áa] (?:uma?|\d{1,3}) (?:minutos?|horas?|dias?|semanas?|m[êe]s(?:es)?|anos?)`,
  String.raw`\d{1,3} (?:minit|menit|jam|hari|minggu|bulan|tahun)(?: yang)? lalu`,
  String.raw`\d{1,3} ?(?:分钟|分鐘|小时|小時|天|周|个月|時間|日|週間|か月)前`,
].join('|');
const AGE_ALONE = new RegExp(
  String.raw`^(?:time|clock|schedule)?(?:about |over |almost )?(?:${AGE_FORMS}|yesterday|today|last (?:week|month|night)|\d{1,2} ?(?:s|m|h|d|w|mo|y|min|hr)s?(?: ago)?)$`,
  'i',
);
const NAME_AND_AGE = new RegExp(
  String.raw`^(?<name>.*?)(?<gap>\s*)(?:time|clock)?(?<age>(?:${AGE_FORMS}|yesterday))$`,
  'iu',
);
const NAME_AND_DATE =
  /^(?<name>\D.*?)\s*(?<date>(?:\d{1,2} \p{L}{3,9}\.?,? \d{4}|\p{Lu}\p{Ll}{2,8}\.? \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2}|\d{4}\/\d{2}\/\d{2})\b.*)$/u;

/** A larger count than this was glued to a digit of the name before it: `Channel 412 hours ago`. */
const LARGEST_COUNT: [RegExp, number][] = [
  [/sec|min/i, 59],
  [/hour|hr|jam/i, 48],
  [/day|hari/i, 31],
  [/week|minggu/i, 52],
];

const LABEL =
  /^(?:first |last )?(?:published|updated|posted|modified|created|date|added)(?: (?:on|at))?\s*:?\s+(?=\S)|^(?:date|time)\s*:\s*/i;
const READING_TIME = /^(?:\d{1,3}[ -]?min(?:ute)?s?(?:[ -]read| to read)?|read(?:ing)? time:? \d+ .*)$/i;
const AUTHOR = /^(?:(?:written )?by|words by|oleh|por|par|von)\s*:?\s+(?<name>\p{Lu}.*)$/iu;
const SOURCE = /^(?:source|via|from|publisher)\s*:\s*(?<name>\S.*)$/i;
const SMALL_WORDS = new Set([
  'of',
  'the',
  'and',
  'de',
  'la',
  'le',
  'del',
  'da',
  'do',
  'for',
  'in',
  'on',
  'von',
  'van',
  'bin',
  'binti',
  'di',
  'el',
  'al',
  'y',
  'e',
  'et',
  'und',
  'with',
]);

/** Reads a line such as `The Star12 hours ago`, `By Jane Doe | 16 Jul 2025, 09:30` or `• The Star`; null if it is none. */
export function readByline(line: string): Byline | null {
  if (line.length > MAX_LINE_LENGTH) return null;
  const bullet = /^[•·∙●|]\s*/.exec(line);
  const text = line.slice(bullet?.[0].length ?? 0).trim();
  const date = readLabelledDate(text);
  if (date) return { publishedAt: date };
  const byline = readParts(text.split(/\s*[·•|∙]\s*|\s+[-–—]\s+|\s*,\s+(?=(?:\d{1,3}|an?) \p{L}+ ago$)/u));
  if (byline) return byline;
  return bullet && isName(text) ? { source: text, isWeak: true } : null;
}

/** True for what may be the name of a site, a desk or a person: a few words with capitals, no sentence. */
export function isName(text: string): boolean {
  const words = text.split(/\s+/);
  if (text === '' || text.length > MAX_NAME.length || words.length > MAX_NAME.words || /[.!?:;…]$/.test(text))
    return false;
  if (/^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(text)) return true;
  if (!/\p{L}/u.test(text)) return false;
  // `malaysiakini`, `theSun`: a name need not begin with a capital.
  return (
    words.length === 1 ||
    words.every((word) => SMALL_WORDS.has(word.toLowerCase()) || /^[^\p{Ll}]|\p{Lu}/u.test(word))
  );
}

function readLabelledDate(text: string): string | null {
  return readDate(text.replace(LABEL, ''));
}

function readParts(parts: string[]): Byline | null {
  const byline: Byline = {};
  let known = 0;
  for (const part of parts.filter((each) => each !== '')) {
    const read = readPart(part.replace(LABEL, ''));
    if (!read) return null;
    if (!read.isWeak || READING_TIME.test(part)) known += 1;
    const { isWeak: _, ...found } = read;
    Object.assign(byline, { ...found, ...byline });
  }
  if (known === 0) return null;
  return byline.age || byline.publishedAt || byline.author ? byline : { ...byline, isWeak: true };
}

function readPart(part: string): Byline | null {
  if (READING_TIME.test(part)) return { isWeak: true };
  if (AGE_ALONE.test(part)) return { age: part.replace(/^(?:time|clock|schedule)(?=\S)/, '') };
  const author = AUTHOR.exec(part)?.groups?.name;
  if (author) return readAuthor(author);
  const source = SOURCE.exec(part)?.groups?.name;
  if (source && isName(source)) return { source };
  const date = readLabelledDate(part);
  if (date) return { publishedAt: date };
  return readGlued(part) ?? (isName(part) ? { source: part, isWeak: true } : null);
}

function readAuthor(text: string): Byline | null {
  const glued = readGlued(text);
  if (glued?.source) {
    const { source, ...when } = glued;
    return { author: source, ...when };
  }
  const [name = '', ...rest] = text.split(/,\s+/);
  if (!isName(name) || (name.split(' ').length < 2 && name !== name.toUpperCase())) return null;
  const [next = ''] = rest;
  if (rest.length === 0) return { author: name };
  return rest.every(isName) ? (rest.length === 1 ? { author: name, source: next } : { author: text }) : null;
}

function readGlued(part: string): Byline | null {
  const aged = NAME_AND_AGE.exec(part)?.groups;
  if (aged?.name !== undefined && aged.age) {
    const { name, age } = partDigits(aged.name, aged.gap ?? '', aged.age);
    // Only a page that lost its layout has a name and an age without a space between them.
    const isGlued = aged.gap === '' && name !== '' && name.split(' ').length <= MAX_NAME.words;
    return isName(name) || (isGlued && name.length <= MAX_NAME.length) ? { source: name, age } : null;
  }
  const dated = NAME_AND_DATE.exec(part)?.groups;
  const publishedAt = dated?.date ? readLabelledDate(dated.date) : null;
  const name = dated?.name?.replace(/[\s,]+$/, '') ?? '';
  return publishedAt && isName(name) ? { source: name, publishedAt } : null;
}

function partDigits(name: string, gap: string, age: string): { name: string; age: string } {
  const digits = /^\d+/.exec(age)?.[0] ?? '';
  const largest = LARGEST_COUNT.find(([unit]) => unit.test(age))?.[1] ?? 99;
  let own = 0;
  while (digits.length - own > 1 && Number(digits.slice(own)) > largest) own += 1;
  // A count doesn't begin with a nought: that one belongs to the name too.
  while (digits.length - own > 1 && digits[own] === '0') own += 1;
  return { name: `${name}${own > 0 ? gap : ''}${digits.slice(0, own)}`.trim(), age: age.slice(own) };
}
