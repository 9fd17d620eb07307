/** How a keeper tells the process that started it what no connection could say. */
export const EXIT_CODE = {
  done: 0,
  /** An unexpected error, in the keeper's log; 1 is also what Node itself ends with. */
  broken: 1,
  /** Another process of this machine keeps the folder: look again. */
  keptByAnother: 10,
  /** A process in another container or on another machine keeps it, where no connection leads. */
  keptElsewhere: 11,
} as const;
