const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const MONTH = String.raw`(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const YEAR = String.raw`(?<year>\d{4})`;

const DATE_FORMS = [
  String.raw`${YEAR}-(?<month>\d{1,2})-(?<day>\d{1,2})`,
  String.raw`${YEAR}/(?<month>\d{1,2})/(?<day>\d{1,2})`,
  String.raw`${YEAR}\.(?<month>\d{1,2})\.(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?!\d)`,
  `${MONTH}[ -]*${DAY},? +${YEAR}`,
  `${DAY}(?: of)?[ .-]*${MONTH}[ ,-]*${YEAR}`,
  String.raw`(?<first>\d{1,2})[/.-](?<second>\d{1,2})[/.-]${YEAR}`,
].map((form) => new RegExp(`^${form}`, 'i'));

const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +/i;
const TIME =
  /^[T, ]*(?:at +)?(?<hour>\d{1,2})[:.]?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)? *(?<half>[ap]\.?m\.?)?/i;
const ZONE =
  /^ *(?:(?<zulu>Z)|(?:GMT|UTC)?(?<sign>[+-])(?<hours>\d{2}):?(?<minutes>\d{2})|(?<name>[A-Z]{1,4}))?(?: *\([^)]*\))?$/i;

/** Hours from UTC of the zone names that RFC 2822 keeps. */
const ZONE_HOURS: Record<string, number> = {
  GMT: 0,
  UTC: 0,
  UT: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

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
  const text = value.trim().replace(/\s+/g, ' ').replace(WEEKDAY, '');
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
  const number = /^\d/.test(month ?? '')
    ? Number(month)
    : MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1;
  return checkedDay(Number(year), number, Number(day));
}

function checkedDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` : null;
}

function withTime(day: string, rest: string): string | null {
  const time = TIME.exec(rest);
  const zone = time && ZONE.exec(rest.slice(time[0].length));
  if (!time?.groups || !zone?.groups) return null;
  const { hour, minute, second = '00', fraction, half } = time.groups;
  const hours = half ? (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0) : Number(hour);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 60 || (half && Number(hour) > 12)) return null;
  const offset = zoneOffset(zone.groups);
  // A leap second is no moment that JavaScript's Date can hold.
  const seconds = second === '60' ? '59' : second;
  return (
    offset &&
    `${day}T${two(hours)}:${minute}:${seconds}${fraction ? `.${fraction.slice(0, 3)}` : ''}${offset}`
  );
}

function zoneOffset({ sign, hours, minutes, name }: Record<string, string | undefined>): string | null {
  if (sign) return Number(hours) > 15 || Number(minutes) > 59 ? null : `${sign}${hours}:${minutes}`;
  if (!name) return 'Z';
  const offset = ZONE_HOURS[name.toUpperCase()];
  if (offset === undefined) return null;
  return offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.abs(offset))}:00`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
