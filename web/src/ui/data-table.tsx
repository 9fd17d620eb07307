import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

import classes from './data-table.module.css';

interface Props {
  label: string;
  head: ReactNode;
  children: ReactNode;
  /** Fades while the next page is on its way. */
  isStale?: boolean;
}

/**
 * A table that becomes a stack of rows on a phone. There, a cell with `data-lead` comes first, on a line of its own;
 * `data-line` has a line too; `data-corner` goes to the upper right; `data-aside` is left out; `data-label` names a
 * value that would not be understood without its column's head. `data-whole` stays on one line everywhere.
 */
export function DataTable({ label, head, children, isStale = false }: Props) {
  return (
    <Table aria-label={label} className={classes.table} data-stale={isStale || undefined} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>{head}</Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}
