import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import classes from './empty-note.module.css';

interface Props {
  icon: ReactNode;
  title: string;
  text: string;
  /** What to do next. */
  action?: ReactNode;
}

/** What stands where a list would be while there is nothing in it. */
export function EmptyNote({ icon, title, text, action }: Props) {
  return (
    <div className={classes.note}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Title order={3} size="h5">
        {title}
      </Title>
      <Text c="dimmed" size="sm" className={classes.text}>
        {text}
      </Text>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
