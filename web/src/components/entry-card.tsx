import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { texts } from '../texts';
import classes from './entry-card.module.css';

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** The one box of a page on which there is one thing to do. */
export function EntryCard({ title, lead, children }: Props) {
  return (
    <Paper withBorder radius="lg" className={classes.card}>
      <title>{texts.common.pageTitle(title)}</title>
      <Title order={1} size="h2" {...(lead === undefined && { mb: 'sm' })}>
        {title}
      </Title>
      {lead !== undefined && (
        <Text c="dimmed" mb="lg">
          {lead}
        </Text>
      )}
      {children}
    </Paper>
  );
}
