import { AkinError } from '../../errors.js';

const LONGEST_PATH = 1_000;
/** The flag of a ZIP entry by which its name says that it is UTF-8. */
const UTF8_FLAG = 0x800;

/** Code page 437 from 0x80 on, which names in a ZIP have where nothing says otherwise (APPNOTE 6.3.10, D.1). */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * The name of a ZIP entry. Many programs write UTF-8 without saying so, and other bytes than that rarely happen
 * to be UTF-8: what can be read so is.
 */
export function decodeEntryName(name: Uint8Array, flags: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(name).normalize('NFC');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if ((flags & UTF8_FLAG) !== 0) return new TextDecoder().decode(name);
    return Array.from(name, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80])).join(
      '',
    );
  }
}

/**
 * The path of an archive's entry, relative and with `/`.
 *
 * @throws AkinError UNSAFE_PATH for one that would lead out of a folder it is unpacked into, or is no path at all.
 */
export function safeEntryPath(name: string): string {
  const path = name.replaceAll('\\', '/');
  const parts = path.split('/');
  const isAbsolute = path.startsWith('/') || /^[a-z]:/i.test(path);
  if (isAbsolute || parts.includes('..') || /\p{Cc}/u.test(path) || path.length > LONGEST_PATH) {
    throw new AkinError(
      'UNSAFE_PATH',
      'The path of this entry leads out of its archive, or is none. Whoever made the archive should make it anew.',
    );
  }
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}

/** What systems put beside the files of a person: hidden ones and the resource forks of macOS. */
export function isHiddenPath(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}

/** A path to show in a message, whatever it holds. */
export function shownPath(name: string): string {
  const shown = name.replace(/\p{Cc}/gu, '\uFFFD');
  return shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
}
