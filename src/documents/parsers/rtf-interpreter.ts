import { readDate } from '../dates.js';
import type { Paragraph } from '../text-builder.js';
import {
  CHARACTERS,
  INFO_TEXTS,
  INFO_TIMES,
  LEFT_OUT,
  PARAGRAPH_ENDS,
  TAKEN_ANYWAY,
} from './rtf-destinations.js';
import { RtfFonts } from './rtf-fonts.js';
import { RtfText } from './rtf-text.js';
import type { RtfToken } from './rtf-tokens.js';

const MAX_DEPTH = 2_000;
/** Named styles that are headings, whatever language the program speaks: Word writes the names in English. */
const HEADING_STYLE = /^(?:heading|überschrift|titre|título|kop|rubrik|title)\b/i;

/** What an RTF file holds. */
export interface RtfContent {
  blocks: Paragraph[];
  info: Map<string, string>;
  /** ISO 8601. */
  times: Record<string, string>;
}

/** What a group inherits from the one it stands in, and leaves behind at its end. */
interface GroupState {
  /** Where text goes: the text itself, nowhere, or one of the tables at the file's beginning. */
  destination: string;
  codePage: number | null;
  /** How many characters stand for a `\u` where a reader does not know it. */
  fallback: number;
  hidden: boolean;
  inTable: boolean;
  isHeading: boolean;
  style: number | null;
}

/** Follows RTF's groups and control words, and gathers text, notes and what the file says of itself. */
export class RtfInterpreter {
  readonly #body = new RtfText();
  readonly #notes: RtfText[] = [];
  readonly #info = new Map<string, string>();
  readonly #times: Record<string, string> = {};
  readonly #timeParts = new Map<string, number>();
  readonly #fonts = new RtfFonts();
  readonly #headingStyles = new Set<number>();
  readonly #stack: GroupState[] = [];
  #state: GroupState = {
    destination: 'text',
    codePage: null,
    fallback: 1,
    hidden: false,
    inTable: false,
    isHeading: false,
    style: null,
  };
  #styleName = '';
  #pending: Uint8Array[] = [];
  #skip = 0;
  #optional = false;
  #note: RtfText | null = null;

  /** Takes the next token; false where groups stand in one another too deep. */
  take(token: RtfToken): boolean {
    if (token.kind === 'bytes') this.#takeBytes(token.bytes, token.escaped);
    else if (token.kind === 'control') this.#control(token.word, token.value);
    else {
      this.#flush();
      this.#skip = 0;
      this.#optional = false;
      if (token.kind === 'open') this.#stack.push({ ...this.#state });
      else this.#close();
    }
    return this.#stack.length <= MAX_DEPTH;
  }

  finish(): RtfContent {
    this.#flush();
    const notes = this.#notes.flatMap((note) => note.finish());
    return { blocks: [...this.#body.finish(), ...notes], info: this.#info, times: this.#times };
  }

  #close(): void {
    const { destination, style } = this.#state;
    const outer = this.#stack.pop();
    if (!outer) return;
    if (destination === 'footnote' && outer.destination !== 'footnote') this.#note = null;
    if (destination === 'stylesheet') this.#endStyle(style);
    if (INFO_TIMES.has(destination) && outer.destination !== destination) this.#endTime(destination);
    this.#state = outer;
  }

  #control(word: string, value: number | null): void {
    if (word === '*') {
      this.#optional = true;
      return;
    }
    const isOptional = this.#optional;
    this.#optional = false;
    const isSkipped = this.#skip > 0 && CHARACTERS.has(word);
    // Some programs leave the stand-in out: what is no character is none.
    this.#skip = isSkipped ? this.#skip - 1 : 0;
    if (word === 'u' && value !== null) this.#unicode(value);
    else if (isSkipped) return;
    else if (!this.#opensDestination(word, isOptional)) this.#format(word, value);
  }

  /** A destination is told by its name alone, wherever it stands in a group. */
  #opensDestination(word: string, isOptional: boolean): boolean {
    const state = this.#state;
    if (state.destination === 'nothing') return true;
    this.#flush();
    if (word === 'footnote') {
      this.#note = new RtfText();
      this.#notes.push(this.#note);
      state.destination = word;
    } else if (['fonttbl', 'stylesheet', 'info'].includes(word)) state.destination = word;
    else if (state.destination === 'info' && (INFO_TEXTS.has(word) || INFO_TIMES.has(word))) {
      state.destination = word;
      // A second one is the same in Unicode.
      this.#info.delete(word);
    } else if (LEFT_OUT.has(word) || (isOptional && !TAKEN_ANYWAY.has(word))) state.destination = 'nothing';
    else return false;
    return true;
  }

  #format(word: string, value: number | null): void {
    const state = this.#state;
    const character = CHARACTERS.get(word);
    if (character !== undefined) this.#write(character);
    else if (PARAGRAPH_ENDS.has(word)) this.#endParagraph();
    else if (word === 'cell' || word === 'nestcell') this.#target()?.endCell(word === 'cell' ? 0 : 1);
    else if (word === 'row' || word === 'nestrow') this.#target()?.endRow(word === 'row' ? 0 : 1);
    else if (word === 'pard') Object.assign(state, { inTable: false, isHeading: false, style: null });
    else if (word === 'intbl') state.inTable = true;
    else if (word === 'plain') Object.assign(state, { hidden: false, codePage: this.#fonts.defaultPage });
    else if (word === 'v' || word === 'deleted') state.hidden = value !== 0;
    else if (word === 'outlinelevel') state.isHeading = value !== null && value < 9;
    else if (word === 's') this.#applyStyle(value ?? 0);
    else if (word === 'uc') state.fallback = Math.max(0, value ?? 1);
    else if (word === 'chftn') this.#write(this.#noteMark());
    else if (INFO_TIMES.has(state.destination) && value !== null) this.#timeParts.set(word, value);
    else this.#fonts.control(word, value, state);
  }

  #takeBytes(bytes: Uint8Array, escaped: boolean): void {
    this.#optional = false;
    const skipped = Math.min(this.#skip, escaped ? 1 : bytes.length);
    this.#skip -= skipped;
    if (skipped < bytes.length) this.#pending.push(bytes.subarray(skipped));
  }

  #unicode(value: number): void {
    this.#flush();
    this.#skip = this.#state.fallback;
    this.#write(String.fromCharCode(value & 0xffff));
  }

  /** Bytes wait until what follows is no byte: characters of two may be written in two ways. */
  #flush(): void {
    if (this.#pending.length === 0) return;
    const text = this.#fonts.decode(Buffer.concat(this.#pending), this.#state.codePage);
    this.#pending = [];
    this.#write(text);
  }

  #write(text: string): void {
    const { destination, hidden } = this.#state;
    if (destination === 'stylesheet') this.#styleName += text;
    else if (INFO_TEXTS.has(destination)) {
      this.#info.set(destination, (this.#info.get(destination) ?? '') + text);
    } else if (!hidden) this.#target()?.add(text);
  }

  #endParagraph(): void {
    const { isHeading, inTable } = this.#state;
    this.#target()?.endParagraph({ isHeading: isHeading && !this.#note, inTable });
  }

  /** Where text of the moment goes, if it is text of the document. */
  #target(): RtfText | null {
    const { destination } = this.#state;
    if (destination === 'footnote') return this.#note;
    return destination === 'text' ? this.#body : null;
  }

  /** A note's number stands before it, and in the text before the note's own group. */
  #noteMark(): string {
    return this.#note ? `[${this.#notes.length}] ` : `[${this.#notes.length + 1}]`;
  }

  #applyStyle(style: number): void {
    this.#state.style = style;
    if (this.#headingStyles.has(style)) this.#state.isHeading = true;
  }

  #endStyle(style: number | null): void {
    if (style !== null && HEADING_STYLE.test(this.#styleName.trim())) this.#headingStyles.add(style);
    this.#styleName = '';
  }

  #endTime(destination: string): void {
    const part = (word: string): string => String(this.#timeParts.get(word) ?? 0).padStart(2, '0');
    const day = `${part('yr')}-${part('mo')}-${part('dy')}`;
    const time = this.#timeParts.has('hr') ? `T${part('hr')}:${part('min')}:${part('sec')}` : '';
    const read = readDate(day + time);
    if (read !== null) this.#times[destination] = read;
    this.#timeParts.clear();
  }
}
