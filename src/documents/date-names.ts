/** Languages whose names of months are known; a name that means two months in two of them is none. */
const LOCALES = 'en de fr es pt it nl sv da nb fi pl cs ro tr ms id'.split(' ');

/** What a date's zone may be called; an IANA name stands for an offset that changes with the season. */
const ZONES: Record<string, string> = {
  Z: '+00:00',
  GMT: '+00:00',
  UTC: '+00:00',
  UT: '+00:00',
  WET: '+00:00',
  WEST: '+01:00',
  BST: '+01:00',
  CET: '+01:00',
  MEZ: '+01:00',
  CEST: '+02:00',
  MESZ: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  MSK: '+03:00',
  PKT: '+05:00',
  WIB: '+07:00',
  SGT: '+08:00',
  MYT: '+08:00',
  HKT: '+08:00',
  PHT: '+08:00',
  AWST: '+08:00',
  JST: '+09:00',
  KST: '+09:00',
  AEST: '+10:00',
  AEDT: '+11:00',
  NZST: '+12:00',
  NZDT: '+13:00',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
};

const MONTHS = monthNames();
const WEEKDAYS = weekdayNames();

/** The number of a month (1 to 12) by its name or the beginning of it in a known language; null for no month. */
export function monthOf(name: string): number | null {
  return MONTHS.get(plain(name)) || null;
}

/** True for the name of a day of the week, long or short, in a known language. */
export function isWeekday(name: string): boolean {
  return WEEKDAYS.has(plain(name));
}

/**
 * The offset from UTC that a zone's name stands for at a moment, `+08:00`; null for a name that is unknown or means
 * several zones.
 *
 * @param day the moment's day, `2025-07-16`
 */
export function offsetOf(name: string, day: string): string | null {
  const zone = ZONES[name.toUpperCase()];
  if (zone === undefined || /^[+-]/.test(zone)) return zone ?? null;
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(`${day}T17:00:00Z`),
  );
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.slice('GMT'.length);
  return offset || '+00:00';
}

function monthNames(): Map<string, number> {
  const names = new Map<string, number>([['sept', 9]]);
  for (const locale of LOCALES) {
    for (let month = 1; month <= 12; month++) {
      for (const name of namesOfMonth(locale, month)) {
        const known = names.get(name);
        names.set(name, known === undefined || known === month ? month : 0);
      }
    }
  }
  return names;
}

function weekdayNames(): Set<string> {
  const names = new Set(['tues', 'thur', 'thurs']);
  for (const locale of LOCALES) {
    for (const weekday of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
      for (let day = 1; day <= 7; day++) names.add(plain(format.format(new Date(Date.UTC(2025, 0, day)))));
    }
  }
  return names;
}

/** Long, short, and as it stands beside a day, where many languages have another case. */
function namesOfMonth(locale: string, month: number): string[] {
  const date = new Date(Date.UTC(2025, month - 1, 15));
  const forms: Intl.DateTimeFormatOptions[] = [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' },
  ];
  return forms.map((form) => {
    const parts = new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' }).formatToParts(date);
    return plain(parts.find(({ type }) => type === 'month')?.value ?? '');
  });
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}
