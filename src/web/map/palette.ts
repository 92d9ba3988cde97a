/** A colour as canvas pixels hold it: red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Hues a step apart that never comes back to a colour nearby: the golden angle, in degrees. */
const STEP = 137.508;
const FIRST_HUE = 40;

/** The colours of the page that the map is painted with. */
export interface Theme {
  paper: Rgb;
  ink: Rgb;
  /** Of what belongs to no group, or is not looked at. */
  faint: Rgb;
  /** Of the groups, in their order. */
  groups: Rgb[];
}

/** The page's colours as they are now, light or dark, with so many groups. */
export function readTheme(groups: number): Theme {
  const style = getComputedStyle(document.documentElement);
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const named = (name: string) => toRgb(style.getPropertyValue(name).trim());
  return {
    paper: named('--raised'),
    ink: named('--ink'),
    faint: named('--field'),
    groups: Array.from({ length: groups }, (_, place) => toRgb(groupColour(place, isDark))),
  };
}

/** As CSS. Each second round is lighter or darker, so that near hues still differ. */
function groupColour(place: number, isDark: boolean): string {
  const hue = (FIRST_HUE + place * STEP) % 360;
  const isSecond = place % 2 === 1;
  const lightness = isDark ? (isSecond ? 0.84 : 0.72) : isSecond ? 0.45 : 0.58;
  return `oklch(${lightness} 0.15 ${hue.toFixed(1)})`;
}

/** As CSS. */
export function cssOf([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function toRgb(css: string): Rgb {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return [128, 128, 128];
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
