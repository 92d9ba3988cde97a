/** The package's own types can't be resolved from an ES module (its files name each other without `.js`). */
declare module 'media-captions' {
  interface Cue {
    /** In seconds. */
    startTime: number;
    endTime: number;
    /** With its tags. */
    text: string;
  }

  function parseText(
    text: string,
    options: { type: 'vtt' | 'srt'; strict: boolean },
  ): Promise<{ cues: Cue[] }>;
}
