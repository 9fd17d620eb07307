import { Input, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';

import type { Pace } from '../../api/models';
import { texts } from '../../texts';

const words = texts.runs;

/** A pace while it is being entered: the number of minutes may be half typed. */
export interface PaceDraft {
  kind: Pace['kind'];
  minutes: number | string;
}

const KINDS: { value: Pace['kind']; label: string }[] = [
  { value: 'interval', label: words.paceInterval },
  { value: 'realtime', label: words.paceRealtime },
];

export function toPaceDraft(pace: Pace): PaceDraft {
  return { kind: pace.kind, minutes: pace.kind === 'interval' ? pace.minutes : 3 };
}

/** Null where the minutes are not from 1 to 60. */
export function toPace({ kind, minutes }: PaceDraft): Pace | null {
  if (kind === 'realtime') {
    return { kind };
  }
  const whole = Number(minutes);
  return minutes !== '' && Number.isInteger(whole) && whole >= 1 && whole <= 60 ? { kind, minutes: whole } : null;
}

interface Props {
  pace: PaceDraft;
  onChange: (pace: PaceDraft) => void;
}

export function PaceFields({ pace, onChange }: Props) {
  const labelId = useId();
  return (
    <Stack gap="xs" role="group" aria-labelledby={labelId}>
      <Input.Label labelElement="div" id={labelId} mb={-8}>
        {words.pace}
      </Input.Label>
      <SegmentedControl
        data={KINDS}
        value={pace.kind}
        aria-labelledby={labelId}
        onChange={(kind) => {
          onChange({ ...pace, kind });
        }}
      />
      {pace.kind === 'interval' ? (
        <NumberInput
          label={words.minutes}
          min={1}
          max={60}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          value={pace.minutes}
          error={toPace(pace) === null && words.minutesWrong}
          onChange={(minutes) => {
            onChange({ ...pace, minutes });
          }}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {words.paceRealtimeHint}
        </Text>
      )}
    </Stack>
  );
}
