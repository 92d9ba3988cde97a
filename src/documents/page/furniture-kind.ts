import type { DomElement } from '../parsers/dom.js';
import { INLINE } from '../parsers/html-blocks.js';
import { type FurnitureKind, namedKind, wordsOf } from './class-words.js';
import { type Measure, nameOf } from './measure.js';

const MAX_CAPTION_LENGTH = 400;
const NEVER = new Set(['HTML', 'BODY', 'MAIN', 'ARTICLE', 'H1', 'PRE', 'CODE', 'TABLE', 'TR', 'TD', 'TBODY']);
const KIND_OF_TAG: Record<string, FurnitureKind> = {
  NAV: 'navigation',
  FOOTER: 'navigation',
  DIALOG: 'navigation',
  MENU: 'navigation',
  BUTTON: 'navigation',
  SELECT: 'navigation',
  TEXTAREA: 'navigation',
  FORM: 'promotion',
  NOSCRIPT: 'hidden',
  TEMPLATE: 'hidden',
  FIGCAPTION: 'caption',
  'AMP-SIDEBAR': 'navigation',
  'AMP-AD': 'promotion',
  'AMP-EMBED': 'promotion',
  'AMP-STICKY-AD': 'promotion',
  'AMP-CONSENT': 'promotion',
  'AMP-USER-NOTIFICATION': 'promotion',
};
const KIND_OF_ROLE: Record<string, FurnitureKind> = {
  navigation: 'navigation',
  banner: 'navigation',
  contentinfo: 'navigation',
  search: 'navigation',
  complementary: 'elsewhere',
  dialog: 'promotion',
  alertdialog: 'promotion',
  alert: 'promotion',
  menu: 'navigation',
  menubar: 'navigation',
  toolbar: 'navigation',
};
const NOTE =
  /(?:^| )(?:note|notes|tip|warning|caution|danger|info|admonition|callout|important|footnotes?)(?: |$)/;
const PICTURE = /(?:^| )(?:images?|img|photos?|pictures?|pic|figure|fotos?|bild|imagen|imagem)(?: |$)/;
const HIDING_STYLE = /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
const BOX = /^(?:DIV|FIGURE|SECTION|ARTICLE|HEADER|FOOTER|ASIDE)$/;

/** What an element seems to be by its tag, its role, its names and what it holds, when it is no running text; or null. */
export function kindOf(element: DomElement, measure: Measure, parent: Measure): FurnitureKind | null {
  const name = nameOf(element);
  if (isHidden(element)) return 'hidden';
  if (NEVER.has(name)) return null;
  if (name === 'FIGCAPTION' && parent.figures > 0) return null;
  const byTag = KIND_OF_TAG[name] ?? KIND_OF_ROLE[element.getAttribute('role') ?? ''];
  if (byTag) return byTag;
  if (name === 'ASIDE' && NOTE.test(wordsOf(element))) return null;
  if (INLINE.has(name) && !standsAlone(element, parent)) return null;
  if (isPicture(element, measure)) return 'caption';
  return namedKind(element) ?? (name === 'ASIDE' ? 'elsewhere' : null);
}

function isHidden(element: DomElement): boolean {
  const isMarked = element.getAttribute('hidden') !== null || element.getAttribute('aria-hidden') === 'true';
  return isMarked || HIDING_STYLE.test(element.getAttribute('style') ?? '');
}

/** An image with a line of text, and nothing that a story is made of; or a box that is named after its image. */
function isPicture(element: DomElement, { prose, images, paragraphs }: Measure): boolean {
  if (images === 0 || prose === 0 || prose > MAX_CAPTION_LENGTH) return false;
  return (paragraphs === 0 && !/^(?:P|LI|DD)$/.test(nameOf(element))) || PICTURE.test(wordsOf(element));
}

/** True for an inline element that is no part of a sentence. */
function standsAlone({ parentElement }: DomElement, parent: Measure): boolean {
  return parent.own === 0 && parentElement !== null && BOX.test(nameOf(parentElement));
}
