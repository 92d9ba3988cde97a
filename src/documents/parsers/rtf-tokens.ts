/** One piece of an RTF source. */
export type RtfToken =
  | { kind: 'open' }
  | { kind: 'close' }
  /** A control word with its number, or a control symbol such as `~`. */
  | { kind: 'control'; word: string; value: number | null }
  /** Bytes of text in the code page of the moment; `escaped` for one written as `\'hh`. */
  | { kind: 'bytes'; bytes: Uint8Array; escaped: boolean };

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const SPACE = 0x20;
const MINUS = 0x2d;
const LONGEST_WORD = 32;

/**
 * The tokens of an RTF source (RTF 1.9.1, "Basic entities"). Binary data is left out, whatever length it claims.
 */
export function* readRtfTokens(source: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < source.length) {
    const byte = source[at] ?? 0;
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? 'open' : 'close' };
      at += 1;
    } else if (isLineBreak(byte)) {
      at += 1;
    } else if (byte !== BACKSLASH) {
      const start = at;
      while (at < source.length && !isSpecial(source[at] ?? 0)) at += 1;
      yield { kind: 'bytes', bytes: source.subarray(start, at), escaped: false };
    } else if (isLetter(source[at + 1] ?? 0)) {
      const { word, value, end } = readWord(source, at + 1);
      at = word === 'bin' ? end + Math.max(0, value ?? 0) : end;
      if (word !== 'bin') yield { kind: 'control', word, value };
    } else {
      const symbol = String.fromCharCode(source[at + 1] ?? SPACE);
      if (symbol !== "'") yield { kind: 'control', word: symbol, value: null };
      const code = Number.parseInt(String.fromCharCode(source[at + 2] ?? 0, source[at + 3] ?? 0), 16);
      const isCode = symbol === "'" && Number.isInteger(code);
      if (isCode) yield { kind: 'bytes', bytes: Uint8Array.of(code), escaped: true };
      at += isCode ? 4 : 2;
    }
  }
}

function readWord(source: Uint8Array, start: number): { word: string; value: number | null; end: number } {
  let end = start;
  while (isLetter(source[end] ?? 0) && end - start < LONGEST_WORD) end += 1;
  const word = String.fromCharCode(...source.subarray(start, end));
  const digits = end;
  if (source[end] === MINUS && isDigit(source[end + 1] ?? 0)) end += 1;
  while (isDigit(source[end] ?? 0) && end - digits < LONGEST_WORD) end += 1;
  const value = end > digits ? Number(String.fromCharCode(...source.subarray(digits, end))) : null;
  return { word, value, end: source[end] === SPACE ? end + 1 : end };
}

function isSpecial(byte: number): boolean {
  return byte === BACKSLASH || byte === OPEN || byte === CLOSE || isLineBreak(byte);
}

function isLineBreak(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
