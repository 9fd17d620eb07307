import { useTenSeconds } from './clock';
import { formatExact, formatRelative } from './format';
import classes from './relative-time.module.css';

interface Props {
  moment: string;
  justNow: string;
}

/** How long ago; the exact time on hover and on keyboard focus. By style alone: a page may show a hundred of them. */
export function RelativeTime({ moment, justNow }: Props) {
  const now = useTenSeconds();
  return (
    <time dateTime={moment} tabIndex={0} className={classes.time} data-exact={formatExact(moment)}>
      {formatRelative(moment, now, justNow)}
    </time>
  );
}
