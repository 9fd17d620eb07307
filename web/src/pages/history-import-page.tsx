import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';

import type { ScrobbleImport } from '../api/models';
import { importQuery } from '../api/queries';
import { ImportProgress } from '../components/history-imports/import-progress';
import { PreviewFacts, PreviewSample } from '../components/history-imports/import-preview';
import { ImportResult } from '../components/history-imports/import-result';
import { IMPORT_TONES } from '../components/history-imports/import-words';
import { StartImport } from '../components/history-imports/start-import';
import { ButtonLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { SkippedRows } from '../components/playlists/import-report';
import { paths } from '../paths';
import { texts } from '../texts';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';
import { ProblemNote } from '../ui/problem-note';
import { StatusLabel } from '../ui/status-label';

const words = texts.historyImports;

export function HistoryImportPage() {
  const { importId } = useParams({ from: '/member/history/imports/$importId' });
  const found = useQuery(importQuery(importId));
  return (
    <>
      <PageHeader
        title={found.data?.fileName ?? words.title}
        tabTitle={texts.common.pageTitle(found.data?.fileName ?? words.title)}
        lead={found.data && <Standing one={found.data} />}
        actions={
          <ButtonLink to={paths.historyImports} variant="default">
            {words.back}
          </ButtonLink>
        }
      />
      <Loaded query={found} skeleton={<LineSkeletons count={6} label={texts.common.loading} />}>
        {(one) => (
          <Stack>
            <NextStep one={one} />
            {one.preview && one.preview.sample.length > 0 && <PreviewSample sample={one.preview.sample} />}
            {one.preview && one.preview.skippedTotal > 0 && (
              <SkippedRows skipped={one.preview.skipped} total={one.preview.skippedTotal} />
            )}
          </Stack>
        )}
      </Loaded>
    </>
  );
}

function Standing({ one: { state, format } }: { one: ScrobbleImport }) {
  return (
    <>
      <StatusLabel tone={IMPORT_TONES[state]}>{words.states[state]}</StatusLabel>
      {format !== null && ` · ${words.formats[format]}`}
    </>
  );
}

/** What is to be done, is being done, or has become of it. */
function NextStep({ one }: { one: ScrobbleImport }) {
  const { state, failure, preview } = one;
  if (failure !== null) {
    return <ProblemNote title={words.failed} sentence={failure.message} />;
  }
  if (state === 'ready' && preview !== null) {
    return (
      <Panel title={words.previewTitle}>
        <Stack gap="lg">
          <PreviewFacts preview={preview} />
          <StartImport one={one} plays={preview.plays} recent={preview.recent} />
        </Stack>
      </Panel>
    );
  }
  const isUnderWay = state === 'reading' || state === 'importing' || state === 'undoing';
  return (
    <Panel title={isUnderWay ? words.states[state] : words.resultTitle}>
      {isUnderWay ? <ImportProgress one={one} /> : <ImportResult one={one} />}
    </Panel>
  );
}
