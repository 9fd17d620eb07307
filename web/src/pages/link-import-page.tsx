import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';

import type { PlaylistImport } from '../api/models';
import { linkImportQuery } from '../api/queries';
import { FinishedImport } from '../components/link-imports/finished-import';
import { ProposedChanges } from '../components/link-imports/proposed-changes';
import { ReadingProgress } from '../components/link-imports/reading-progress';
import { Loaded } from '../components/loaded';
import { SkippedRows } from '../components/playlists/import-report';
import { texts } from '../texts';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';
import { ProblemNote } from '../ui/problem-note';

const words = texts.linkImportPage;

export function LinkImportPage() {
  const { importId } = useParams({ from: '/member/playlists/imports/$importId' });
  const found = useQuery(linkImportQuery(importId));
  const title = found.data?.title ?? words.title;
  return (
    <>
      <PageHeader title={title} tabTitle={texts.common.pageTitle(title)} lead={found.data && standing(found.data)} />
      <Loaded query={found} skeleton={<LineSkeletons count={5} label={texts.common.loading} />}>
        {(one) => (
          <Stack>
            <NextStep one={one} />
            {one.report && one.report.skippedTotal > 0 && (
              <SkippedRows skipped={one.report.skipped} total={one.report.skippedTotal} />
            )}
          </Stack>
        )}
      </Loaded>
    </>
  );
}

function standing({ platform, state }: PlaylistImport): string {
  return `${texts.playlists.sources[platform]} · ${words.states[state]}`;
}

function NextStep({ one }: { one: PlaylistImport }) {
  const { id, state, failure, changes } = one;
  if (failure !== null) {
    return <ProblemNote title={words.failed} sentence={failure.message} />;
  }
  if (state === 'ready' && changes !== null) {
    return <ProposedChanges id={id} changes={changes} />;
  }
  return state === 'reading' ? (
    <Panel title={words.states.reading}>
      <ReadingProgress one={one} />
    </Panel>
  ) : (
    <FinishedImport one={one} />
  );
}
