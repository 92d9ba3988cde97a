import { type Cue, parseText } from 'media-captions';
import { AkinError } from '../../errors.js';
import type { PageMark, ParsedDocument } from '../../types.js';
import { unknownFields } from '../fields.js';
import { normaliseText, oneLine } from '../normalise.js';
import { decodeEntities } from './dom.js';

/** A paragraph ends with a sentence once it has so many characters, and at a silence of so many seconds. */
const PARAGRAPH_LENGTH = 400;
const SILENCE = 5;

const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/u;
const VOICE = /<v(?:\.[^\s>]*)?\s+([^>]+)>/;

/**
 * One document of SubRip or WebVTT subtitles: what is said, in paragraphs of some sentences. Pages are minutes:
 * page 1 is 0:00 to 0:59, page 2 is 1:00 to 1:59. The metadata says so (`unit: 'minute'`) and gives the
 * `duration` in seconds.
 *
 * @throws AkinError DAMAGED_FILE where there is no subtitle in it
 */
export async function parseSubtitles(source: string): Promise<ParsedDocument> {
  const text = normaliseText(source).trim();
  const type = text.startsWith('WEBVTT') ? 'vtt' : 'srt';
  const { cues } = await parseText(text, { type, strict: false });
  if (cues.length === 0) {
    throw new AkinError(
      'DAMAGED_FILE',
      'No subtitle of the file can be read: check how its times are written.',
    );
  }
  const duration = Math.round(cues.reduce((last, { endTime }) => Math.max(last, endTime), 0));
  return { ...unknownFields(), ...joinCues(cues), headings: [], metadata: { unit: 'minute', duration } };
}

function joinCues(cues: Cue[]): Pick<ParsedDocument, 'text' | 'pages'> {
  const pages: PageMark[] = [];
  let text = '';
  let paragraphStart = 0;
  let speaker: string | null = null;
  let lastLine = '';
  let lastEnd = 0;
  for (const { startTime, endTime, text: source } of [...cues].sort((a, b) => a.startTime - b.startTime)) {
    // Subtitles that roll show each line twice.
    const lines = plainLines(source).filter((line) => line !== lastLine);
    lastLine = lines.at(-1) ?? lastLine;
    if (lines.length === 0) continue;
    const voice: string | null = VOICE.exec(source)?.[1]?.trim() ?? speaker;
    const isFull = text.length - paragraphStart >= PARAGRAPH_LENGTH && SENTENCE_END.test(text);
    const isNew = text === '' || voice !== speaker || isFull || startTime - lastEnd >= SILENCE;
    text += text === '' ? '' : isNew ? '\n\n' : ' ';
    if (isNew) paragraphStart = text.length;
    const page = Math.floor(startTime / 60) + 1;
    if (pages.at(-1)?.page !== page) pages.push({ offset: text.length, page });
    text += (voice !== speaker && voice !== null ? `${oneLine(voice)}: ` : '') + lines.join(' ');
    speaker = voice;
    lastEnd = endTime;
  }
  return { text, pages };
}

function plainLines(source: string): string[] {
  return source
    .split('\n')
    .map((line) => oneLine(decodeEntities(line.replace(/<[^<>]*>/g, '').replace(/\{\\[^{}]*\}/g, ''))))
    .filter((line) => line !== '');
}
