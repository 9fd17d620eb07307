import classes from './status-label.module.css';

export type Tone = 'good' | 'busy' | 'waiting' | 'bad' | 'quiet';

/** A state in a word, with a dot whose colour says how good it is. */
export function StatusLabel({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.status} data-tone={tone}>
      {children}
    </span>
  );
}
