import type { Block } from '../parsers/html-blocks.js';

/** A paragraph of running text has so many characters, and no more than this share of them is linked. */
const RUNNING = { length: 80, linked: 0.5 };
/** A paragraph with so much of its text in links is nothing but links. */
const LINK_SHARE = 0.9;

/** How much running text there is, in characters of a script that has an alphabet. */
export function runningLength(blocks: Block[]): number {
  return blocks.filter(isRunning).reduce((sum, { text }) => sum + weightOf(text), 0);
}

/** True for a paragraph of running text, not a label or a list of links. */
export function isRunning({ text, linked }: Block): boolean {
  return weightOf(text) >= RUNNING.length && linked < text.length * RUNNING.linked;
}

/** The length of a text; what a Chinese or Japanese character says takes others two or three. */
export function weightOf(text: string): number {
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return text.length + dense * 1.5;
}

/** True if so much of a block's text is links; between two of them stands a space, a bullet or a bar. */
export function isLinked({ text, links, linked }: Block, share = LINK_SHARE): boolean {
  return links.length > 0 && linked + links.length * 2 >= text.length * share;
}

/** True for what introduces a list: a heading, a line that ends with a colon. */
export function isIntroduction(block: Block | undefined): boolean {
  return block !== undefined && (block.isHeading || /[:：]$/.test(block.text));
}
