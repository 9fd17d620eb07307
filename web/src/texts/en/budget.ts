const count = (value: number) => value.toLocaleString('en');

export const budget = {
  title: 'Today’s scrobbles',
  meter: 'Scrobbles today',
  used: (used: number, cap: number) => `${count(used)} of ${count(cap)}`,
  left: (left: number) => (left === 0 ? 'Nothing left for automation' : `${count(left)} left for automation`),
  resets: (moment: string) => `Counts from 0 again at ${moment}.`,
  pauses: (pausesAt: string, resumesAt: string) =>
    `Your auto-scrobble pauses at ${pausesAt} and goes on by itself at ${resumesAt}.`,
  spent: (waiting: number) =>
    waiting === 0
      ? 'The day’s budget is used up. What you listen to or enter is still sent.'
      : `The day’s budget is used up: ${waiting === 1 ? '1 automatic scrobble waits' : `${count(waiting)} automatic scrobbles wait`} for the next day. What you listen to or enter is still sent.`,
  parked: (until: string, waiting: number) =>
    `Last.fm takes no more of your account today. Nothing is lost: everything waits and is sent from ${until} on.${waiting === 0 ? '' : ` ${waiting === 1 ? '1 automatic scrobble waits' : `${count(waiting)} automatic scrobbles wait`}.`}`,
  learned: (cap: number, day: string) =>
    `On ${day} Last.fm took no more than ${count(cap)}, so the budget is smaller for now. It grows back within two weeks.`,
} as const;
