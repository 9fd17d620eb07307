import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';

import { deleteExport, startExport } from '../../api/actions';
import type { DataExport } from '../../api/models';
import { dataExportQuery } from '../../api/queries';
import { texts } from '../../texts';
import { formatBytes, formatMoment } from '../../ui/format';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Meter } from '../../ui/meter';
import { Panel } from '../../ui/panel';
import { ProblemNote } from '../../ui/problem-note';
import { Loaded } from '../loaded';
import { toastDone } from '../toasts';
import classes from './settings.module.css';

const words = texts.settings.export;

/** Everything that is kept about someone, to take away. */
export function ExportPanel() {
  const dataExport = useQuery(dataExportQuery);
  return (
    <Panel title={words.title} lead={words.lead}>
      <Loaded query={dataExport} skeleton={<LineSkeletons count={2} label={texts.common.loading} />}>
        {(made) => <Standing made={made} />}
      </Loaded>
    </Panel>
  );
}

function Standing({ made }: { made: DataExport | null }) {
  const start = useMutation({ mutationFn: startExport });
  const begin = () => {
    start.mutate();
  };
  if (made === null) {
    return (
      <Button loading={start.isPending} onClick={begin}>
        {words.start}
      </Button>
    );
  }
  if (made.state === 'preparing') {
    return <Preparing made={made} />;
  }
  if (made.state === 'failed') {
    return (
      <ProblemNote
        title={words.failed}
        sentence={words.failedText}
        retry={{ label: texts.common.retry, onRetry: begin, isBusy: start.isPending }}
      />
    );
  }
  return <Ready made={made} onAgain={begin} isBeginning={start.isPending} />;
}

function Preparing({ made: { doneRows, totalRows } }: { made: DataExport }) {
  return (
    <Stack gap="xs" className={classes.fields}>
      <Text size="sm" role="status">
        {totalRows === null
          ? words.waiting
          : words.preparing(texts.common.number(doneRows), texts.common.number(totalRows))}
      </Text>
      <Meter value={doneRows} max={totalRows ?? 1} label={words.progress} />
      <Text size="sm" c="dimmed">
        {words.leaveText}
      </Text>
    </Stack>
  );
}

interface ReadyProps {
  made: DataExport;
  onAgain: () => void;
  isBeginning: boolean;
}

function Ready({ made: { sizeBytes, readyAt, expiresAt }, onAgain, isBeginning }: ReadyProps) {
  const deletion = useMutation({
    mutationFn: deleteExport,
    onSuccess: () => {
      toastDone(words.deleted);
    },
  });
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {words.ready(formatMoment(readyAt ?? expiresAt), formatMoment(expiresAt))}
      </Text>
      <Group gap="xs">
        <Button component="a" href="/api/me/export/file" leftSection={<IconDownload size={16} aria-hidden />}>
          {words.download(formatBytes(sizeBytes ?? 0))}
        </Button>
        <Button variant="default" loading={isBeginning} onClick={onAgain}>
          {words.again}
        </Button>
        <Button
          variant="subtle"
          color="red"
          loading={deletion.isPending}
          onClick={() => {
            deletion.mutate();
          }}
        >
          {words.delete}
        </Button>
      </Group>
    </Stack>
  );
}
