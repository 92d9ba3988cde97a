import type { FileType } from './sniff.js';

const NAMED_TYPES = new Map<string, FileType>([
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['mdown', 'markdown'],
  ['mkd', 'markdown'],
  ['mdx', 'markdown'],
  ['html', 'html'],
  ['htm', 'html'],
  ['json', 'json'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['csv', 'table'],
  ['tsv', 'table'],
  ['tab', 'table'],
]);

const XML_PROLOG = /^(?:\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*/;
const HTML_OPENING =
  /^<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|article|main|section|header|nav|div|table|h[1-6]|p)[\s/>])/i;
/** What may stand before the root element of an XML file, and the root's name without its prefix. */
const XML_ROOT =
  /^(?:<!DOCTYPE\s[^[>]*(?:\[[\s\S]*?\]\s*)?>\s*(?:<!--[\s\S]*?-->\s*)*)?<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/;
const FEED_ROOT = /^(?:rss|feed|RDF)$/;
/** Looked at for what a file is: more than this stands before no root element. */
const PROLOG_WINDOW = 64 * 1024;

const HEADER_LINE = /^[A-Za-z][A-Za-z\d-]*:(?:[ \t].*)?\r?\n(?:[ \t].*\r?\n)*/;
/** Headers that only programs write; every message that was sent has one. */
const MAIL_HEADER =
  /^(?:message-id|mime-version|received|return-path|delivered-to|dkim-signature|x-mailer|x-mozilla-status|content-transfer-encoding):/im;
const PERSONAL_HEADER = /^(?:from|to|date|subject|sender):/im;
const MAILBOX_OPENING = /^From \S+.*\d{4}(?: [+-]\d{4})?\r?\n[A-Za-z][A-Za-z\d-]*:/;

/** WebVTT, or SubRip: a number, and under it from when to when. */
const SUBTITLES = /^(?:WEBVTT(?:[ \t\r\n]|$)|(?:\d+[ \t]*\r?\n)?\d{1,3}:\d\d:\d\d[,.]\d{1,3} *--> *\d)/;

/** So many lines are looked at, and so many rows make a table. */
const TABBED = { sample: 50, rows: 3 };

/** What kind of text it is: by its content where that is plain, else by its name. */
export function typeOfText(text: string, name: string): FileType {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const named = NAMED_TYPES.get(extension);
  if (named) return named;
  const prolog = XML_PROLOG.exec(text.slice(0, PROLOG_WINDOW))?.[0] ?? '';
  const markup = text.slice(prolog.length, prolog.length + PROLOG_WINDOW);
  if (HTML_OPENING.test(markup)) return 'html';
  const root = XML_ROOT.exec(markup)?.[1];
  if (root === 'html') return 'html';
  if (root && FEED_ROOT.test(root)) return 'feed';
  if (root && (prolog.includes('<?xml') || /^(?:xml|nitf|newsml)$/.test(extension))) return 'xml';
  if (extension === 'xhtml') return 'html';
  if (SUBTITLES.test(text)) return 'subtitles';
  if (MAILBOX_OPENING.test(text)) return 'mbox';
  if (isMessage(text, extension === 'eml')) return 'eml';
  if (/^[[{]/.test(text)) {
    if (isJsonOfObjects(text)) return 'json';
    if (looksLikeJsonLines(text)) return 'jsonl';
  }
  return isTabbed(text) ? 'table' : 'text';
}

/** Rows of cells with tabs between them, each row with as many: what spreadsheets save as text. */
function isTabbed(text: string): boolean {
  const lines = text.slice(0, PROLOG_WINDOW).split(/\r?\n/, TABBED.sample);
  const rows = lines.filter((line) => line.trim() !== '').map((line) => line.split('\t').length);
  const width = rows[0] ?? 0;
  return rows.length >= TABBED.rows && width >= 2 && rows.every((cells) => cells === width);
}

function isMessage(text: string, isNamed: boolean): boolean {
  let headers = '';
  let rest = text.slice(0, PROLOG_WINDOW);
  for (let line = HEADER_LINE.exec(rest)?.[0]; line; line = HEADER_LINE.exec(rest)?.[0]) {
    headers += line;
    rest = rest.slice(line.length);
  }
  return PERSONAL_HEADER.test(headers) && (isNamed || MAIL_HEADER.test(headers));
}

function isJsonOfObjects(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.length > 0 && value.every(isObject) : isObject(value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function looksLikeJsonLines(text: string): boolean {
  const lines = text.split('\n', 20).filter((line) => line.trim() !== '');
  const objects = lines.filter((line) => /^\s*\{\s*"/.test(line));
  return objects.length >= 2 && objects.length >= lines.length * 0.8;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
