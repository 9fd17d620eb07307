import { Table } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';

import type { ListedScrobbleImport } from '../../api/models';
import { IMPORTS_PAGE_SIZE, importsQuery } from '../../api/queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { DataTable } from '../../ui/data-table';
import { EmptyNote } from '../../ui/empty-note';
import { LineSkeletons } from '../../ui/line-skeletons';
import { RelativeTime } from '../../ui/relative-time';
import { StatusLabel } from '../../ui/status-label';
import { TextLink } from '../links';
import { Loaded } from '../loaded';
import { Paged } from '../paged';
import { FirstHistoryButton } from './history-upload';
import { IMPORT_TONES } from './import-words';

const words = texts.historyImports;

interface Props {
  page: number;
  onPage: (page: number) => void;
}

export function PastImports({ page, onPage }: Props) {
  const imports = useQuery(importsQuery(page));
  return (
    <Loaded query={imports} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyNote
            icon={<IconHistory size={24} />}
            title={words.pastEmptyTitle}
            text={words.pastEmpty}
            action={<FirstHistoryButton />}
          />
        ) : (
          <>
            <ImportTable items={items} isStale={imports.isPlaceholderData} />
            {total > IMPORTS_PAGE_SIZE && (
              <Paged page={page} pageSize={IMPORTS_PAGE_SIZE} total={total} onChange={onPage} />
            )}
          </>
        )
      }
    </Loaded>
  );
}

function ImportTable({ items, isStale }: { items: readonly ListedScrobbleImport[]; isStale: boolean }) {
  return (
    <DataTable
      label={words.pastTitle}
      isStale={isStale}
      head={
        <>
          <Table.Th>{words.columnFile}</Table.Th>
          <Table.Th>{words.columnState}</Table.Th>
          <Table.Th>{words.columnFormat}</Table.Th>
          <Table.Th>{words.columnWhen}</Table.Th>
        </>
      }
    >
      {items.map(({ id, fileName, state, format, createdAt }) => (
        <Table.Tr key={id}>
          <Table.Td fw={600} data-lead>
            <TextLink to={paths.historyImport} params={{ importId: id }} inherit>
              {fileName}
            </TextLink>
          </Table.Td>
          <Table.Td>
            <StatusLabel tone={IMPORT_TONES[state]}>{words.states[state]}</StatusLabel>
          </Table.Td>
          <Table.Td>{format !== null && words.formats[format]}</Table.Td>
          <Table.Td>
            <RelativeTime moment={createdAt} justNow={texts.common.justNow} />
          </Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  );
}
