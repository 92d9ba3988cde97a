import stringWidth from 'string-width';
import { createSupportsHyperlinks } from 'supports-hyperlinks';
import wrapAnsi from 'wrap-ansi';

/** Lines longer than this are hard to read. */
const WIDEST = 100;

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

// One for the process, as its terminal is.
let choice: ColourChoice = 'auto';

/** Whether output is coloured: as the terminal is, or whatever it is. */
export function chooseColours(chosen: ColourChoice): void {
  choice = chosen;
}

/**
 * Whether a stream takes colours: as `--color` says, else as NO_COLOR or FORCE_COLOR do (no-color.org), else as the
 * terminal does.
 */
export function hasColours(stream: NodeJS.WriteStream = process.stdout): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR);
  return stream.isTTY === true && TERM !== 'dumb';
}

const STYLES = { bold: [1, 22], dim: [2, 22], underline: [4, 24] } as const;
export type Style = keyof typeof STYLES;

/** A text in a style, where there are colours. */
export function styled(text: string, ...styles: Style[]): string {
  if (!hasColours() || text === '') return text;
  return styles.reduce((inner, style) => `\x1b[${STYLES[style][0]}m${inner}\x1b[${STYLES[style][1]}m`, text);
}

/** A text that leads to an address, where the terminal can (OSC 8). */
export function linked(text: string, address: string | null): string {
  if (address === null || choice === 'never' || !createSupportsHyperlinks(process.stdout)) return text;
  return `\x1b]8;;${address}\x07${text}\x1b]8;;\x07`;
}

/** Columns for text. */
export function textWidth(): number {
  return Math.min(WIDEST, process.stdout.columns || WIDEST);
}

/** Breaks a text into lines that fit the terminal with so much before each; styles and links do not count. */
export function wrap(text: string, indent = 4): string[] {
  if (text === '') return [];
  return wrapAnsi(text, Math.max(20, textWidth() - indent), { hard: true }).split('\n');
}

/** A text in exactly so many columns: cut with an ellipsis, or filled up. */
export function fitted(text: string, columns: number): string {
  const width = stringWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…${' '.repeat(Math.max(0, columns - stringWidth(kept) - 1))}`;
}

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text);
}
