import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import classes from './page-header.module.css';

interface Props {
  title: string;
  /** What the browser's tab says. */
  tabTitle: string;
  lead?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, tabTitle, lead, actions }: Props) {
  return (
    <header className={classes.header}>
      <title>{tabTitle}</title>
      <div className={classes.words}>
        <Title order={1} size="h2">
          {title}
        </Title>
        {lead !== undefined && (
          <Text c="dimmed" component="div">
            {lead}
          </Text>
        )}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
