/** A label's middle and size, in CSS pixels. */
export interface Label {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Room between two labels. */
const GAP = 6;

/**
 * The labels that fit, the first ones before the others: each within the screen and none over another.
 * @param labels the most important first; those whose middle is off the screen are left out
 */
export function fitLabels(labels: Label[], { width, height }: { width: number; height: number }): Label[] {
  const fitted: Label[] = [];
  for (const label of labels) {
    if (label.x < 0 || label.x > width || label.y < 0 || label.y > height) continue;
    const own = {
      ...label,
      x: pushedIn(label.x, label.width, width),
      y: pushedIn(label.y, label.height, height),
    };
    if (!fitted.some((other) => overlap(own, other))) fitted.push(own);
  }
  return fitted;
}

function pushedIn(middle: number, size: number, room: number): number {
  return Math.max(size / 2 + GAP, Math.min(room - size / 2 - GAP, middle));
}

function overlap(one: Label, other: Label): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 + GAP &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 + GAP
  );
}
