import { Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { PropsWithChildren } from 'react';

import { cancelMerge, confirmMerge } from '../api/actions';
import { isRefusal, problemSentence } from '../api/problem';
import { userMergeQuery } from '../api/queries';
import { EntryCard } from '../components/entry-card';
import { ButtonLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { MergeQuestion } from '../components/merging/merge-question';
import { paths } from '../paths';
import { texts } from '../texts';
import { LineSkeletons } from '../ui/line-skeletons';

const words = texts.merging;

/** Where someone lands who is signed in and has just proven to be another user here, too. */
export function AccountMergePage() {
  const { mergeId } = useParams({ from: '/member/account/merge/$mergeId' });
  const merge = useQuery(userMergeQuery(mergeId));
  const queryClient = useQueryClient();
  const confirmation = useMutation({
    mutationFn: confirmMerge,
    meta: { showsProblemInline: true, changesNothing: true },
    onSuccess: () => queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== mergeId }),
  });
  const cancellation = useMutation({
    mutationFn: cancelMerge,
    meta: { showsProblemInline: true, changesNothing: true },
  });
  if (confirmation.isSuccess) {
    return <Outcome title={words.doneTitle} sentence={words.doneText(merge.data?.from.displayName ?? '')} />;
  }
  if (cancellation.isSuccess) {
    return <Outcome title={words.apartTitle} sentence={words.apartText} />;
  }
  if (isRefusal(merge.error)) {
    return (
      <Outcome title={words.nothingTitle} sentence={problemSentence(merge.error)}>
        <ButtonLink to={paths.settingsSection} params={{ section: 'security' }}>
          {words.toWaysIn}
        </ButtonLink>
      </Outcome>
    );
  }
  return (
    <EntryCard title={words.title}>
      <Loaded query={merge} skeleton={<LineSkeletons count={5} label={texts.common.loading} />}>
        {(proposed) => (
          <MergeQuestion
            merge={proposed}
            error={confirmation.error ?? cancellation.error}
            isBusy={confirmation.isPending || cancellation.isPending}
            onConfirm={(lastfm) => {
              confirmation.mutate({ id: mergeId, ...(lastfm && { lastfm }) });
            }}
            onCancel={() => {
              cancellation.mutate(mergeId);
            }}
          />
        )}
      </Loaded>
    </EntryCard>
  );
}

function Outcome({ title, sentence, children }: PropsWithChildren<{ title: string; sentence: string }>) {
  return (
    <EntryCard title={title}>
      <Stack align="flex-start">
        <Text role="status">{sentence}</Text>
        <Group>{children ?? <ButtonLink to={paths.home}>{words.toHome}</ButtonLink>}</Group>
      </Stack>
    </EntryCard>
  );
}
