import { isWeekday, monthOf, offsetOf } from './date-names.js';

const MONTH = String.raw`(?<month>\p{L}{3,12})\.?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?`;
const YEAR = String.raw`(?<year>\d{4})`;
/** Between the parts of a date in Spanish and Portuguese. */
const OF = '(?: (?:of|de|del))?';

const DATE_FORMS = [
  String.raw`${YEAR}-(?<month>\d{1,2})-(?<day>\d{1,2})`,
  String.raw`${YEAR}/(?<month>\d{1,2})/(?<day>\d{1,2})`,
  String.raw`${YEAR}\.(?<month>\d{1,2})\.(?<day>\d{1,2})`,
  String.raw`${YEAR} ?[年년] ?(?<month>\d{1,2}) ?[月월] ?(?<day>\d{1,2}) ?[日일]`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?!\d)`,
  `${MONTH}[ -]*${DAY},? +${YEAR}`,
  `${DAY}${OF}[ .-]*${MONTH}${OF}[ ,-]*${YEAR}`,
  String.raw`(?<first>\d{1,2})[/.-](?<second>\d{1,2})[/.-]${YEAR}`,
].map((form) => new RegExp(`^${form}`, 'iu'));

const TIME_FORMS = [
  String.raw`(?<hour>\d{1,2})[:.h](?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)? *(?<half>[ap]\.?m\.?)?`,
  String.raw`(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?(?!\d)`,
  String.raw`(?<hour>\d{1,2}) *(?<half>[ap]\.?m\.?)`,
  String.raw`(?<hour>\d{1,2})(?= *(?:Uhr|h)\b)`,
].map((form) => {
  const before = String.raw`^[T, |·–-]*(?:(?:at|um|à|a las|às|kl\.?|pukul|klo|om) +)?`;
  return new RegExp(`${before}${form}(?: *(?:Uhr|h|hrs|uur)(?![\\p{L}\\d]))?`, 'iu');
});
const ZONE =
  /^ *(?:(?:GMT|UTC)? ?(?<sign>[+-])(?<hours>\d{1,2}):?(?<minutes>\d{2})?|\(?(?<name>[A-Z]{1,4})\)?)?(?: *\([^)]*\))?$/i;

/** Unix times are told from other numbers, and seconds from milliseconds, by their size (1973 to 2286). */
const UNIX_SECONDS = { min: 1e8, max: 1e10 };

/**
 * A date as people and programs write it, in ISO 8601: `2025-07-16` for a day,
 * `2025-07-16T09:30:00+08:00` for a moment, in the zone it was given in; a moment without a zone is taken
 * as UTC. A number is a Unix time in seconds or milliseconds.
 *
 * @returns null for what is no date, or could be two (`07/08/2025`).
 */
export function readDate(value: string | number): string | null {
  if (typeof value === 'number') return readUnixTime(value);
  const text = value.trim().replace(/\s+/g, ' ');
  // `Mar` is a month, or a Tuesday.
  return readText(text) ?? readText(withoutWeekday(text));
}

function readText(text: string): string | null {
  for (const form of DATE_FORMS) {
    const match = form.exec(text);
    const day = match?.groups && isoDay(match.groups);
    if (!match || !day) continue;
    const rest = text.slice(match[0].length).trimEnd();
    return rest === '' || rest === ',' ? day : withTime(day, rest);
  }
  return null;
}

function readUnixTime(value: number): string | null {
  if (!Number.isFinite(value) || value < UNIX_SECONDS.min || value >= UNIX_SECONDS.max * 1000) return null;
  return new Date(value < UNIX_SECONDS.max ? value * 1000 : value).toISOString();
}

function isoDay(groups: Record<string, string | undefined>): string | null {
  const { year, month, day, first, second } = groups;
  if (first && second) {
    const [a, b] = [Number(first), Number(second)];
    if (a > 12) return checkedDay(Number(year), b, a);
    if (b > 12 || a === b) return checkedDay(Number(year), a, b);
    return null;
  }
  const number = /^\d/.test(month ?? '') ? Number(month) : monthOf(month ?? '');
  return number === null ? null : checkedDay(Number(year), number, Number(day));
}

function checkedDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` : null;
}

function withTime(day: string, rest: string): string | null {
  for (const form of TIME_FORMS) {
    const time = form.exec(rest);
    const zone = time && ZONE.exec(rest.slice(time[0].length));
    if (!time?.groups || !zone?.groups) continue;
    const clock = clockOf(time.groups);
    const offset = zoneOffset(zone.groups, day);
    return clock && offset && `${day}T${clock}${offset}`;
  }
  return null;
}

function clockOf(groups: Record<string, string | undefined>): string | null {
  const { hour, minute = '00', second = '00', fraction, half } = groups;
  const hours = half ? (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0) : Number(hour);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 60 || (half && Number(hour) > 12)) return null;
  // A leap second is no moment that JavaScript's Date can hold.
  const seconds = second === '60' ? '59' : second;
  return `${two(hours)}:${minute}:${seconds}${fraction ? `.${fraction.slice(0, 3)}` : ''}`;
}

function zoneOffset(
  { sign, hours = '', minutes = '00', name }: Record<string, string | undefined>,
  day: string,
): string | null {
  if (sign)
    return Number(hours) > 15 || Number(minutes) > 59 ? null : `${sign}${hours.padStart(2, '0')}:${minutes}`;
  const offset = name ? offsetOf(name, day) : '+00:00';
  return offset === '+00:00' ? 'Z' : offset;
}

/** `Wed, 16 Jul 2025` is `16 Jul 2025`. */
function withoutWeekday(text: string): string {
  const [whole = '', name = ''] = /^(\p{L}+(?:-feira)?)\.?,? +/u.exec(text) ?? [];
  return name !== '' && isWeekday(name)
    ? text.slice(whole.length).replace(/^(?:den|the|le|el|il) +/i, '')
    : text;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
