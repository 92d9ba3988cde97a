import { decodeAs } from '../decode.js';

/** The code page of a font's `\fcharset` (RTF 1.9.1, "Font table"); 0 is Windows' own, 1 the document's. */
const CHARSET_PAGES: Record<number, number> = {
  0: 1252,
  77: 10000,
  78: 932,
  79: 949,
  80: 936,
  81: 950,
  82: 936,
  83: 10006,
  85: 10007,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

/** Code pages under the names that TextDecoder knows them by. */
const ENCODINGS: Record<number, string> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1361: 'euc-kr',
  10000: 'macintosh',
  10001: 'shift_jis',
  10007: 'x-mac-cyrillic',
  20866: 'koi8-r',
  21866: 'koi8-u',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** The code page of a charset number; null for one that says nothing of it. */
export function codePageOfCharset(charset: number): number | null {
  return CHARSET_PAGES[charset] ?? null;
}

/** Text of bytes in a code page; Windows' western one where it is not known. */
export function decodeCodePage(bytes: Uint8Array, page: number): string {
  const isWindows = page >= 1250 && page <= 1258;
  const label = isWindows ? `windows-${page}` : (ENCODINGS[page] ?? 'windows-1252');
  return decodeAs(bytes, label);
}
