import { letters, oneLine } from '../normalise.js';
import type { DomElement, DomNode } from '../parsers/dom.js';
import type { Block } from '../parsers/html-blocks.js';
import { isIntroduction, isLinked, runningLength } from './blocks.js';
import { type KnownFields, withoutEdges } from './edges.js';
import { nameOf } from './measure.js';
import { isInterruption, isRelatedLabel, pointedTo } from './page-phrases.js';
import type { RelatedLinks } from './related-links.js';

/** A text of which less than this share is outside of links is a list of links. */
const MIN_PROSE_SHARE = 0.6;
/** A shorter page is a note, a poem or a list: nothing in it is known to be no part of it. */
const MIN_STORY = 400;
/** Behind a label (`Related`), a list of links may have some words around them. */
const LABELLED_SHARE = 0.4;
/** Shorter lines may stand in another paragraph by chance. */
const MIN_REPEATED = 40;
const MIN_QUOTED = 12;
/** Comparing each paragraph with each takes too long for a page with more of them. */
const MAX_COMPARED = 1000;

/**
 * The paragraphs of a story without what a site puts between and around them: bylines and dates before the
 * first, credits and offers behind the last, links to other stories, a sentence that is printed again as a
 * pull quote. A page that is mostly links or is short stays as it is.
 */
export function runningText(blocks: Block[], known: KnownFields, related: RelatedLinks): Block[] {
  if (!isProse(blocks) || runningLength(blocks) < MIN_STORY) return blocks;
  const inner = withoutRepeats(withoutPointers(blocks, related));
  const trimmed = withoutEdges(inner, known);
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
    const isLinks: boolean = isLinked(block, isLabelled ? LABELLED_SHARE : undefined);
    const isOwn = isWhole(block) || isIntroduction(kept.at(-1));
    const isElsewhere = isLabel || isPointer(block) || (isLinks && (isLabelled || !isOwn));
    if (isElsewhere) related.addAll(block.links);
    else if (!isOffer(block)) kept.push(block);
    isLabelled = isLabel || (isLabelled && isLinks);
  }
  return kept;
}

function isPointer({ text, links, isHeading }: Block): boolean {
  return pointedTo(text) !== null && (links.length > 0 || !isHeading);
}

/** Tables, quotes and headings may be links and still be the text's own. */
function isWhole({ element, isHeading }: Block): boolean {
  return isHeading || /^(?:TABLE|PRE|BLOCKQUOTE)$/.test(nameOf(element));
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
