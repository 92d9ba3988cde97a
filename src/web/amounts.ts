const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** A number with its thousands parted: `1,234.5`. */
export function numberOf(number: number): string {
  return NUMBER.format(number);
}

/** A size in units of a thousand: `1.2 MB`. */
export function sizeOf(bytes: number): string {
  const unit = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${NUMBER.format(bytes / 1_000 ** unit)} ${UNITS[unit]}`;
}

/** About how long: `8 seconds`, `3 minutes`, `2 hours`, `5 days`. */
export function durationOf(seconds: number): string {
  const steps = [
    { unit: 'day', seconds: 86_400 },
    { unit: 'hour', seconds: 3_600 },
    { unit: 'minute', seconds: 60 },
  ];
  // Ninety minutes say more than one hour or two.
  const step = steps.find((one) => seconds >= 2 * one.seconds) ?? { unit: 'second', seconds: 1 };
  const count = Math.max(0, Math.round(seconds / step.seconds));
  return `${NUMBER.format(count)} ${step.unit}${count === 1 ? '' : 's'}`;
}

/** A short time: `4.2 ms`, `1.5 s`. */
export function timeOf(seconds: number): string {
  return seconds < 1 ? `${NUMBER.format(seconds * 1_000)} ms` : `${NUMBER.format(seconds)} s`;
}
