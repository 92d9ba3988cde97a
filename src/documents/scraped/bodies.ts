import { reflow } from '../reflow.js';
import { endsSentence, isCutOff, isHeadline, type Line } from './lines.js';
import { pointedTitle } from './phrases.js';

/** A story's own text, and the headlines of others that stood within or after it. */
export interface Body {
  text: string;
  pointedTitles: string[];
}

/** So much running text after a label of related stories shows that the label stood within the story. */
const MIN_RESUMED_LENGTH = 280;
const MIN_TITLE_WORDS = 4;
const MAX_INVITATION_LENGTH = 300;
/** A text of fewer characters and sentences than these is a teaser of a story. */
const WHOLE_STORY = { minLength: 280, minSentences: 3 };

const CREDIT =
  /^(?:[-–—―]|©|\(.*\)$|(?:reuters|afp|ap|dpa|bernama|xinhua|agencies|pti|efe|ansa|tass|kyodo|yonhap)\b)/i;
const TO_THE_READER = /\b(?:you|your|our|us|we)\b/i;
const INVITATION =
  /\b(?:apps?|subscribe|newsletter|sign|download|free|explore|exploring|discover|join|member(?:ship)?|account|trial|offers?|alerts?|stories|headlines|news|coverage|briefing|dive)\b/i;

/** The body of the story whose lines these are: from its first paragraph to where the next story begins. */
export function readBody(lines: Line[]): Body {
  const end = hardEnd(lines);
  const story = lines.slice(0, end);
  const last = lastOwnLine(story);
  const kept = [...story.slice(0, last + 1).filter(isOwn), ...closing(story.slice(last + 1))];
  const resumed = withoutBoxes(kept);
  return { text: paragraphs(resumed), pointedTitles: [...pointers(story), ...titlesAfterLabel(lines)] };
}

/** True for a text that is a story and not only the beginning of one. */
export function isWholeStory(text: string): boolean {
  if (isCutOff(text) && text.length < WHOLE_STORY.minLength * 2) return false;
  const sentences = text.match(/[.!?。！？]["'”’»)\]]*(?=\s|$)/gu)?.length ?? 0;
  return text.length >= WHOLE_STORY.minLength || sentences >= WHOLE_STORY.minSentences;
}

/** Comments end a story; so do related ones, unless much of the story comes after their box. */
function hardEnd(lines: Line[]): number {
  for (const [i, { kind }] of lines.entries()) {
    if (kind === 'comments') return i;
    if (kind === 'related' && sentenceLength(lines.slice(i)) < MIN_RESUMED_LENGTH) return i;
  }
  return lines.length;
}

function sentenceLength(lines: Line[]): number {
  const end = lines.findIndex(({ kind }) => kind === 'comments');
  const own = (end < 0 ? lines : lines.slice(0, end)).filter(({ kind }) => kind === 'sentence');
  return own.reduce((sum, { text }) => sum + text.length, 0);
}

function lastOwnLine(lines: Line[]): number {
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const line = lines[i];
    if (line?.kind === 'sentence' && !isInvitation(line, lines[i - 1])) return i;
  }
  return lines.findLastIndex((line) => isOwn(line) && endsSentence(line));
}

/** A site's words to its reader under a heading of its own, in whatever words. */
function isInvitation({ text }: Line, before: Line | undefined): boolean {
  const isUnderHeading = before !== undefined && before.kind !== 'sentence' && !endsSentence(before);
  const isAddressed = TO_THE_READER.test(text) && INVITATION.test(text) && !/["“”']\s|[“”]/.test(text);
  return isUnderHeading && isAddressed && text.length <= MAX_INVITATION_LENGTH;
}

/** What of the lines after the last long one is the story's: short sentences and credits, up to the first that is neither. */
function closing(lines: Line[]): Line[] {
  const end = lines.findIndex(
    (line) => !isOwn(line) || !(endsSentence(line) || CREDIT.test(line.text)) || isCutOff(line.text),
  );
  return end < 0 ? lines : lines.slice(0, end);
}

function isOwn({ kind }: Line): boolean {
  return kind === 'sentence' || kind === 'short' || kind === 'byline' || kind === 'related';
}

/** Drops the boxes of related headlines that stand between two parts of a story. */
function withoutBoxes(lines: Line[]): Line[] {
  let isInBox = false;
  return lines.filter((line) => {
    if (line.kind === 'related') isInBox = true;
    else if (line.kind === 'sentence') isInBox = false;
    return !isInBox;
  });
}

function pointers(lines: Line[]): string[] {
  return lines.flatMap(({ text }) => pointedTitle(text) ?? []);
}

function titlesAfterLabel(lines: Line[]): string[] {
  const label = lines.findIndex(({ kind }) => kind === 'related');
  if (label < 0) return [];
  const after = lines.slice(label + 1);
  const end = after.findIndex((line) => line.kind !== 'short');
  const box = end < 0 ? after : after.slice(0, end);
  return box
    .filter((line) => isHeadline(line) && line.text.split(' ').length >= MIN_TITLE_WORDS)
    .map(({ text }) => text);
}

function paragraphs(lines: Line[]): string {
  const text = lines.map((line) => (line.isAfterBlank ? `\n${line.text}` : line.text)).join('\n');
  return reflow(text.trim()).join('\n\n');
}
