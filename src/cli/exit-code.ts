/** What `akin` tells its caller by its exit status. */
export enum ExitCode {
  Done = 0,
  Failed = 1,
  Usage = 2,
  NothingFound = 3,
}
