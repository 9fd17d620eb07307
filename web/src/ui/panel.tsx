import { Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

import classes from './panel.module.css';

interface Props {
  title: string;
  lead?: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled box on a page. */
export function Panel({ title, lead, aside, children }: Props) {
  const id = useId();
  return (
    <Paper withBorder radius="md" className={classes.panel} component="section" aria-labelledby={id}>
      <div className={classes.head}>
        <div>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text size="sm" c="dimmed">
              {lead}
            </Text>
          )}
        </div>
        {aside}
      </div>
      {children}
    </Paper>
  );
}
