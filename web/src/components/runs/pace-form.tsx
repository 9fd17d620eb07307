import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { changePace } from '../../api/actions';
import type { ScrobbleRun } from '../../api/models';
import { texts } from '../../texts';
import { FormProblem } from '../form-problem';
import { PaceFields, toPace, toPaceDraft } from './pace-fields';

interface Props {
  run: ScrobbleRun;
  onClose: () => void;
}

export function PaceForm({ run, onClose }: Props) {
  const [draft, setDraft] = useState(toPaceDraft(run.pace));
  const pace = toPace(draft);
  const change = useMutation({
    mutationFn: changePace,
    meta: { showsProblemInline: true },
    onSuccess: onClose,
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (pace) {
          change.mutate({ id: run.id, pace });
        }
      }}
    >
      <Stack>
        <PaceFields pace={draft} onChange={setDraft} />
        <FormProblem error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {texts.common.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
