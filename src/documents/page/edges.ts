import { letters } from '../normalise.js';
import type { Block } from '../parsers/html-blocks.js';
import { isIntroduction, isLinked, weightOf } from './blocks.js';
import { nameOf } from './measure.js';
import { isCredit, isDateLine, isLinkedOffer, isSiteLine } from './page-phrases.js';

/** What a page says of itself elsewhere, and so need not say in its text. */
export interface KnownFields {
  title: string | null;
  author: string | null;
  source: string | null;
}

const EDGE_LINES = { head: 8, tail: 12 };
const MAX_EDGE_LENGTH = 400;
/** A paragraph so long is where a story begins. */
const MIN_OPENING = 120;
const ADDRESS = /^https?:\/\/\S+$/;
const BY = /^(?:written )?(?:by|von|por|par|oleh|di|door|av|af|przez|автор)\s*:?\s/iu;

/** The paragraphs of a story without bylines and dates before the first, and credits, offers and notes behind the last. */
export function withoutEdges(blocks: Block[], known: KnownFields): Block[] {
  return withoutTail(withoutHead(blocks, known), known);
}

function withoutHead(blocks: Block[], known: KnownFields): Block[] {
  const limit = blocks.findIndex((block, i) => i >= EDGE_LINES.head || isParagraph(block));
  return blocks.filter((block, i) => i >= limit || !isEdge(block, known));
}

function withoutTail(blocks: Block[], known: KnownFields): Block[] {
  let end = blocks.length;
  for (let i = blocks.length - 1; i >= Math.max(1, blocks.length - EDGE_LINES.tail); i -= 1) {
    const block = blocks[i];
    const isOwn = block && isLinked(block) && isIntroduction(blocks[i - 1]);
    if (!block || isOwn || !(block.isHeading || isEdge(block, known) || isAuthorNote(block, known))) break;
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
  if (isLinked(block) || (block.links.length > 0 && isLinkedOffer(text))) return true;
  return text.split('\n').every((line) => isEdgeLine(line, known));
}

function isEdgeLine(line: string, { title, author, source }: KnownFields): boolean {
  const own = letters(line.replace(BY, ''));
  const isKnown = [title, author, source].some((field) => field !== null && letters(field) === own);
  const isAddress = ADDRESS.test(line);
  return isKnown || own === '' || isAddress || isDateLine(line) || isCredit(line) || isSiteLine(line);
}
