import { Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { HistoryUpload } from '../components/history-imports/history-upload';
import { PastImports } from '../components/history-imports/past-imports';
import { paths } from '../paths';
import { texts } from '../texts';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.historyImports;

export function HistoryImportsPage() {
  const { page = 1 } = useSearch({ from: '/member/history/imports' });
  const navigate = useNavigate({ from: paths.historyImports });
  return (
    <>
      <PageHeader title={words.title} tabTitle={texts.common.pageTitle(words.title)} lead={words.lead} />
      <Stack>
        <Panel title={words.fileTitle}>
          <HistoryUpload />
        </Panel>
        <Panel title={words.pastTitle}>
          <PastImports page={page} onPage={(next) => void navigate({ search: { page: next } })} />
        </Panel>
      </Stack>
    </>
  );
}
