import { Button, Group, Input, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';

import { planRun } from '../../api/actions';
import type { PlaylistSummary, StartRun } from '../../api/models';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { FormProblem } from '../form-problem';
import { PaceFields, toPace, toPaceDraft } from './pace-fields';
import { PlanPanel } from './plan-panel';
import classes from './runs.module.css';

const words = texts.runs;
const ORDERS: { value: StartRun['order']; label: string }[] = [
  { value: 'sequential', label: words.orderSequential },
  { value: 'shuffle', label: words.orderShuffle },
];

interface Props {
  playlists: readonly PlaylistSummary[];
  /** The playlist someone came from. */
  preselected: string | undefined;
}

/** First the dry run, then the start: what runs is what was shown. */
export function StartForm({ playlists, preselected }: Props) {
  const [playlistId, setPlaylistId] = useState(preselected ?? null);
  const [pace, setPace] = useState(toPaceDraft({ kind: 'interval', minutes: 3 }));
  const [order, setOrder] = useState<StartRun['order']>('sequential');
  const [repeat, setRepeat] = useState(false);
  const orderLabelId = useId();
  const [isPlaylistMissing, setIsPlaylistMissing] = useState(false);
  const plan = useMutation({ mutationFn: planRun, meta: { showsProblemInline: true, changesNothing: true } });
  const chosen = playlists.find(({ id }) => id === playlistId);

  const change = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      plan.reset();
    };
  };
  const showPlan = () => {
    const wholePace = toPace(pace);
    setIsPlaylistMissing(!chosen);
    if (chosen && wholePace) {
      plan.mutate({ playlistId: chosen.id, pace: wholePace, order, repeat });
    }
  };
  return (
    <Stack>
      <Panel title={words.startTitle}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            showPlan();
          }}
        >
          <div className={classes.startFields}>
            <Select
              label={words.playlist}
              placeholder={words.playlistHint}
              data={playlists.map(({ id, title, trackCount }) => ({
                value: id,
                label: `${title} (${texts.common.tracks(trackCount)})`,
              }))}
              value={chosen?.id ?? null}
              onChange={change(setPlaylistId)}
              searchable
              limit={100}
              nothingFoundMessage={words.noSuchPlaylist}
              error={isPlaylistMissing && !chosen && words.playlistMissing}
              allowDeselect={false}
            />
            <PaceFields pace={pace} onChange={change(setPace)} />
            <Stack gap="xs">
              <Input.Label labelElement="div" id={orderLabelId} mb={-8}>
                {words.order}
              </Input.Label>
              <SegmentedControl
                data={ORDERS}
                value={order}
                onChange={change(setOrder)}
                aria-labelledby={orderLabelId}
              />
              <Switch
                mt="xs"
                label={words.repeat}
                description={words.repeatHint}
                checked={repeat}
                onChange={(event) => {
                  change(setRepeat)(event.currentTarget.checked);
                }}
              />
            </Stack>
          </div>
          <FormProblem error={plan.error} />
          <Group mt="lg">
            <Button type="submit" loading={plan.isPending} variant={plan.data ? 'default' : 'filled'}>
              {words.dryRun}
            </Button>
            <Text size="sm" c="dimmed">
              {words.dryRunHint}
            </Text>
          </Group>
        </form>
      </Panel>
      {plan.data && <PlanPanel plan={plan.data} wanted={plan.variables} title={chosen?.title} />}
    </Stack>
  );
}
