import { Button, Select, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';

import { updateMe } from '../../api/actions';
import type { Me } from '../../api/models';
import { meQuery } from '../../api/queries';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { FormProblem, showFieldProblems } from '../form-problem';
import { toastDone } from '../toasts';
import classes from './settings.module.css';

const words = texts.settings.profile;
const MOST_SHOWN = 60;

/** What someone is called, and the time zone their days are counted in. */
export function ProfilePanel() {
  const { data: me } = useQuery(meQuery);
  return <Panel title={words.title}>{me && <ProfileForm key={me.id} me={me} />}</Panel>;
}

function ProfileForm({ me }: { me: Me }) {
  const form = useForm({
    initialValues: { displayName: me.displayName, timeZone: me.timeZone },
    validate: { displayName: isNotEmpty(texts.account.displayNameMissing) },
  });
  const submission = useMutation({
    mutationFn: updateMe,
    meta: { showsProblemInline: true },
    onSuccess: ({ displayName, timeZone }) => {
      form.setInitialValues({ displayName, timeZone });
      form.reset();
      toastDone(words.saved);
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        submission.mutate(values);
      })}
    >
      <Stack className={classes.fields}>
        <FormProblem error={submission.error} fields={['displayName', 'timeZone']} />
        <TextInput
          label={words.displayName}
          description={words.displayNameHint}
          autoComplete="name"
          maxLength={60}
          {...form.getInputProps('displayName')}
        />
        <Select
          label={words.timeZone}
          description={words.timeZoneHint}
          data={timeZones(me.timeZone)}
          nothingFoundMessage={words.timeZoneNone}
          limit={MOST_SHOWN}
          searchable
          allowDeselect={false}
          {...form.getInputProps('timeZone')}
        />
        <DeviceZone
          chosen={form.values.timeZone}
          onChoose={(zone) => {
            form.setFieldValue('timeZone', zone);
          }}
        />
        <Button type="submit" disabled={!form.isDirty()} loading={submission.isPending} className={classes.action}>
          {texts.common.save}
        </Button>
      </Stack>
    </form>
  );
}

/** One press for what most people want. */
function DeviceZone({ chosen, onChoose }: { chosen: string; onChoose: (zone: string) => void }) {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone === chosen) {
    return null;
  }
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={classes.action}
      onClick={() => {
        onChoose(zone);
      }}
    >
      {words.useThisOne(zone)}
    </Button>
  );
}

/** Those this browser knows; the one in use is among them even where it does not. */
function timeZones(current: string): string[] {
  return [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])];
}
