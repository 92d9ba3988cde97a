import { letters, oneLine } from '../normalise.js';
import type { Block } from '../parsers/html-blocks.js';
import { nameOf } from './measure.js';
import {
  isCredit,
  isDateLine,
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
const LINK_SHARE = 0.9;
/** Shorter lines may stand in another paragraph by chance. */
const MIN_REPEATED = 40;
const EDGE_LINES = { head: 8, tail: 12 };
const MAX_EDGE_LENGTH = 400;

/**
 * The paragraphs of a story without what a site puts between and around them: bylines and dates before the
 * first, credits and offers behind the last, links to other stories, a sentence that is printed again as a
 * pull quote. A page that is mostly links or is short stays as it is.
 */
export function runningText(blocks: Block[], known: KnownFields, related: RelatedLinks): Block[] {
  if (!isProse(blocks)) return blocks;
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
    const isLinks: boolean = block.linked >= block.text.length * (isLabelled ? 0.4 : LINK_SHARE);
    const isPointer = pointedTo(block.text) !== null && (block.links.length > 0 || !block.isHeading);
    if (isLabel || isPointer || (isLinks && !isWhole(block))) related.addAll(block.links);
    else if (!isOffer(block)) {
      kept.push(block);
    }
    isLabelled = isLabel || (isLabelled && isLinks);
  }
  return kept;
}

/** Tables, lists in the text and headings may be links and still be its own. */
function isWhole(block: Block): boolean {
  const name = nameOf(block.element);
  return block.isHeading || name === 'TABLE' || name === 'PRE' || name === 'BLOCKQUOTE';
}

function isOffer(block: Block): boolean {
  return !isWhole(block) && !block.text.includes('\n') && isSiteLine(oneLine(block.text));
}

/** Drops a paragraph whose words all stand in a longer one. */
function withoutRepeats(blocks: Block[]): Block[] {
  const long = blocks.map(({ text }) => letters(text)).filter((text) => text.length > MIN_REPEATED);
  return blocks.filter(({ text }) => {
    const own = letters(text);
    if (own.length < MIN_REPEATED) return true;
    return !long.some((other) => other.length > own.length && other.includes(own));
  });
}

function withoutHead(blocks: Block[], known: KnownFields): Block[] {
  const limit = blocks.findIndex((block, i) => i >= EDGE_LINES.head || isParagraph(block));
  return blocks.filter((block, i) => i >= limit || !isEdge(block, known));
}

function withoutTail(blocks: Block[], known: KnownFields, related: RelatedLinks): Block[] {
  let end = blocks.length;
  for (let i = blocks.length - 1; i >= Math.max(1, blocks.length - EDGE_LINES.tail); i -= 1) {
    const block = blocks[i];
    if (!block || !(isEdge(block, known) || block.isHeading)) break;
    related.addAll(block.links);
    end = i;
  }
  return blocks.slice(0, end);
}

function isParagraph({ text, isHeading, linked }: Block): boolean {
  return !isHeading && text.length >= 120 && linked < text.length / 2 && !isCredit(text) && !isDateLine(text);
}

function isEdge(block: Block, { title, author, source }: KnownFields): boolean {
  const { text, linked } = block;
  if (text.length > MAX_EDGE_LENGTH || nameOf(block.element) === 'PRE' || nameOf(block.element) === 'TABLE')
    return false;
  if (block.links.length > 0 && isLinkedOffer(text)) return true;
  if (author !== null && letters(text).startsWith(letters(author))) return true;
  if (linked >= text.length * LINK_SHARE && text.length > 0) return true;
  return text.split('\n').every((line) => {
    const own = letters(line.replace(/^(?:written )?(?:by|von|por|par|oleh|di|door)\s*:?\s/i, ''));
    const isKnown = [title, author, source].some((field) => field !== null && letters(field) === own);
    return (
      isKnown ||
      own === '' ||
      isDateLine(line) ||
      isCredit(line) ||
      isSiteLine(line) ||
      /^https?:\/\/\S+$/.test(line)
    );
  });
}
