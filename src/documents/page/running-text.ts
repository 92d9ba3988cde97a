import { letters, oneLine } from '../normalise.js';
import type { DomElement, DomNode } from '../parsers/dom.js';
import type { Block } from '../parsers/html-blocks.js';
import { runningLength, weightOf } from './main-text.js';
import { nameOf } from './measure.js';
import {
  isCredit,
  isDateLine,
  isInterruption,
  isLinkedOffer,
  isRelatedLabel,
  isSiteLine,
  pointedTo,
} from './page-phrases.js';
import type { RelatedLinks } from './related-links.js';

/** What a page says of itself elsewhere, and so need not say in its text. */
export interface KnownFields {
  title: string | null;
  author: string | null;
  source: string | null;
}

/** A text of which less than this share is outside of links is a list of links. */
const MIN_PROSE_SHARE = 0.6;
/** A shorter page is a note, a poem or a list: nothing in it is known to be no part of it. */
const MIN_STORY = 400;
const LINK_SHARE = 0.9;
/** Behind a label (`Related`), a list of links may have some words around them. */
const LABELLED_SHARE = 0.4;
/** Shorter lines may stand in another paragraph by chance. */
const MIN_REPEATED = 40;
const MIN_QUOTED = 12;
/** Comparing each paragraph with each takes too long for a page with more of them. */
const MAX_COMPARED = 1000;
const EDGE_LINES = { head: 8, tail: 12 };
const MAX_EDGE_LENGTH = 400;
/** A paragraph so long is where a story begins. */
const MIN_OPENING = 120;
const BY = /^(?:written )?(?:by|von|por|par|oleh|di|door|av|af|przez|автор)\s*:?\s/iu;

/**
 * The paragraphs of a story without what a site puts between and around them: bylines and dates before the
 * first, credits and offers behind the last, links to other stories, a sentence that is printed again as a
 * pull quote. A page that is mostly links or is short stays as it is.
 */
export function runningText(blocks: Block[], known: KnownFields, related: RelatedLinks): Block[] {
  if (!isProse(blocks) || runningLength(blocks) < MIN_STORY) return blocks;
  const inner = withoutRepeats(withoutPointers(blocks, related));
  const trimmed = withoutTail(withoutHead(inner, known), known, related);
  return trimmed.length > 0 ? trimmed : blocks;
}

function isProse(blocks: Block[]): boolean {
  const linked = blocks.reduce((sum, each) => sum + each.linked, 0);
  const length = blocks.reduce((sum, { text }) => sum + text.length, 0);
  return linked < length * (1 - MIN_PROSE_SHARE);
}

/** Drops `Read also: …`, lines that are nothing but a link, and a label with the links that follow it. */
function withoutPointers(blocks: Block[], related: RelatedLinks): Block[] {
  const kept: Block[] = [];
  let isLabelled = false;
  for (const block of blocks) {
    const isLabel = isRelatedLabel(block.text);
    const isLinks: boolean = isLinked(block, isLabelled ? LABELLED_SHARE : LINK_SHARE);
    const isOwn = isWhole(block) || (isList(block) && isIntroduction(kept.at(-1)));
    const isElsewhere = isLabel || isPointer(block) || (isLinks && (isLabelled || !isOwn));
    if (isElsewhere) related.addAll(block.links);
    else if (!isOffer(block)) kept.push(block);
    isLabelled = isLabel || (isLabelled && isLinks);
  }
  return kept;
}

/** True if so much of a block's text is links; between two of them stands a space, a bullet or a bar. */
function isLinked({ text, links, linked }: Block, share: number): boolean {
  return links.length > 0 && linked + links.length * 2 >= text.length * share;
}

function isPointer({ text, links, isHeading }: Block): boolean {
  return pointedTo(text) !== null && (links.length > 0 || !isHeading);
}

/** Tables, quotes and headings may be links and still be the text's own. */
function isWhole({ element, isHeading }: Block): boolean {
  return isHeading || /^(?:TABLE|PRE|BLOCKQUOTE)$/.test(nameOf(element));
}

function isList({ element }: Block): boolean {
  return /^(?:UL|OL|DL)$/.test(nameOf(element));
}

function isIntroduction(block: Block | undefined): boolean {
  return block !== undefined && (block.isHeading || /[:：]$/.test(block.text));
}

function isOffer(block: Block): boolean {
  return !isWhole(block) && !block.text.includes('\n') && isInterruption(oneLine(block.text));
}

/** Drops a paragraph whose words all stand in a longer one. */
function withoutRepeats(blocks: Block[]): Block[] {
  if (blocks.length > MAX_COMPARED) return blocks;
  const long = blocks.map(({ text }) => letters(text)).filter((text) => text.length > MIN_REPEATED);
  return blocks.filter(({ text, element }) => {
    const own = letters(text);
    if (own.length < (isQuote(element) ? MIN_QUOTED : MIN_REPEATED)) return true;
    return !long.some((other) => other.length > own.length && other.includes(own));
  });
}

function isQuote(element: DomNode): boolean {
  const { parentElement } = element as DomElement;
  return nameOf(element) === 'BLOCKQUOTE' || (parentElement ? nameOf(parentElement) === 'BLOCKQUOTE' : false);
}

function withoutHead(blocks: Block[], known: KnownFields): Block[] {
  const limit = blocks.findIndex((block, i) => i >= EDGE_LINES.head || isParagraph(block));
  return blocks.filter((block, i) => i >= limit || !isEdge(block, known));
}

function withoutTail(blocks: Block[], known: KnownFields, related: RelatedLinks): Block[] {
  let end = blocks.length;
  for (let i = blocks.length - 1; i >= Math.max(1, blocks.length - EDGE_LINES.tail); i -= 1) {
    const block = blocks[i];
    if (!block || !(block.isHeading || isEdge(block, known) || isAuthorNote(block, known))) break;
    related.addAll(block.links);
    end = i;
  }
  return blocks.slice(0, end);
}

function isParagraph({ text, isHeading, linked }: Block): boolean {
  return (
    !isHeading &&
    weightOf(text) >= MIN_OPENING &&
    linked < text.length / 2 &&
    !isCredit(text) &&
    !isDateLine(text)
  );
}

/** `Jane Doe is a reporter in Varn.` An interview's `Jane Doe: It is.` is none. */
function isAuthorNote({ text }: Block, { author }: KnownFields): boolean {
  if (author === null || text.length > MAX_EDGE_LENGTH || !text.startsWith(author)) return false;
  return /^ (?!.{0,3}:)/.test(text.slice(author.length));
}

function isEdge(block: Block, known: KnownFields): boolean {
  const { text, element } = block;
  if (text.length > MAX_EDGE_LENGTH || /^(?:PRE|TABLE)$/.test(nameOf(element))) return false;
  if (isLinked(block, LINK_SHARE) || (block.links.length > 0 && isLinkedOffer(text))) return true;
  return text.split('\n').every((line) => isEdgeLine(line, known));
}

function isEdgeLine(line: string, { title, author, source }: KnownFields): boolean {
  const own = letters(line.replace(BY, ''));
  const isKnown = [title, author, source].some((field) => field !== null && letters(field) === own);
  const isAddress = /^https?:\/\/\S+$/.test(line);
  return isKnown || own === '' || isAddress || isDateLine(line) || isCredit(line) || isSiteLine(line);
}
