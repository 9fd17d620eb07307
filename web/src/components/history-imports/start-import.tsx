import { Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { cancelImport, startImport } from '../../api/actions';
import type { ScrobbleImport } from '../../api/models';
import { budgetQuery } from '../../api/queries';
import { texts } from '../../texts';
import { FormProblem } from '../form-problem';
import { toastDone } from '../toasts';

const words = texts.historyImports;
const ZONES = Intl.supportedValuesOf('timeZone');

/** What its person decides once they have seen what a file holds. */
export function StartImport({ one, plays, recent }: { one: ScrobbleImport; plays: number; recent: number }) {
  const { id, needsTimeZone, alreadyAtLastfm } = one;
  const [sendRecent, setSendRecent] = useState(true);
  const [timeZone, setTimeZone] = useState(one.timeZone);
  const start = useMutation({
    mutationFn: startImport,
    meta: { showsProblemInline: true },
    onSuccess: () => {
      toastDone(words.started);
    },
  });
  const isChoice = recent > 0 && !alreadyAtLastfm;
  return (
    <Stack align="flex-start">
      {isChoice ? (
        <SendSwitch recent={recent} isOn={sendRecent} onChange={setSendRecent} />
      ) : (
        <Text size="sm">{alreadyAtLastfm ? words.alreadyAtLastfm : words.nothingRecent}</Text>
      )}
      {needsTimeZone && (
        <Select
          label={words.timeZone}
          description={words.timeZoneHint}
          data={ZONES.includes(timeZone) ? ZONES : [timeZone, ...ZONES]}
          value={timeZone}
          searchable
          allowDeselect={false}
          onChange={(zone) => {
            setTimeZone(zone ?? timeZone);
          }}
        />
      )}
      <FormProblem error={start.error} />
      <Group>
        <Button
          loading={start.isPending}
          disabled={plays === 0}
          onClick={() => {
            start.mutate({ id, choice: { sendRecent, timeZone } });
          }}
        >
          {words.start(plays)}
        </Button>
        <CancelImport id={id} />
      </Group>
      {plays === 0 && (
        <Text size="sm" c="dimmed">
          {words.nothingUsable}
        </Text>
      )}
    </Stack>
  );
}

function SendSwitch({ recent, isOn, onChange }: { recent: number; isOn: boolean; onChange: (isOn: boolean) => void }) {
  const { data: budget } = useQuery(budgetQuery);
  return (
    <Switch
      label={words.sendRecent(recent)}
      description={budget && words.sendRecentHint(budget.cap)}
      checked={isOn}
      onChange={(event) => {
        onChange(event.currentTarget.checked);
      }}
    />
  );
}

export function CancelImport({ id }: { id: string }) {
  const cancel = useMutation({
    mutationFn: cancelImport,
    onSuccess: () => {
      toastDone(words.cancelled);
    },
  });
  return (
    <Button
      variant="default"
      loading={cancel.isPending}
      onClick={() => {
        cancel.mutate(id);
      }}
    >
      {words.cancel}
    </Button>
  );
}
