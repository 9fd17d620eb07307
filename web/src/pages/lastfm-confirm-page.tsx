import { Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';

import { confirmLink } from '../api/actions';
import { pendingLinkQuery, queryKinds } from '../api/queries';
import { EntryCard } from '../components/entry-card';
import { LinkQuestion } from '../components/lastfm/link-question';
import { ButtonLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { paths } from '../paths';
import { texts } from '../texts';
import { LineSkeletons } from '../ui/line-skeletons';
import { ProblemNote } from '../ui/problem-note';

const words = texts.lastfm;

/**
 * Where someone lands who came back from Last.fm and has to be asked: in a browser that is not signed in as the one who
 * started, or as another Last.fm user than the one linked so far.
 */
export function LastfmConfirmPage() {
  const { state } = useSearch({ from: '/visitor/lastfm/confirm' });
  if (state === undefined) {
    return (
      <EntryCard title={words.confirmTitle}>
        <ProblemNote title={words.linkFailed} sentence={words.confirmMissing} />
        <ButtonLink to={paths.lastfm} variant="default" mt="md">
          {words.toLastfmPage}
        </ButtonLink>
      </EntryCard>
    );
  }
  return <Confirmation state={state} />;
}

function Confirmation({ state }: { state: string }) {
  const pending = useQuery(pendingLinkQuery(state));
  const queryClient = useQueryClient();
  const confirmation = useMutation({
    mutationFn: confirmLink,
    meta: { showsProblemInline: true, changesNothing: true },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKinds.lastfmAccount] }),
  });
  if (confirmation.isSuccess) {
    return (
      <EntryCard title={words.confirmedTitle}>
        <Stack align="flex-start">
          <Text role="status">{words.confirmedText(confirmation.data.username)}</Text>
          <ButtonLink to={paths.lastfm}>{words.toLastfmPage}</ButtonLink>
        </Stack>
      </EntryCard>
    );
  }
  return (
    <EntryCard title={pending.data?.replaces ? words.replaceTitle : words.confirmTitle}>
      <Loaded query={pending} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
        {(link) => (
          <LinkQuestion
            link={link}
            error={confirmation.error}
            isBusy={confirmation.isPending}
            onConfirm={(replaces) => {
              confirmation.mutate({ state, ...(replaces && { replaces }) });
            }}
          />
        )}
      </Loaded>
    </EntryCard>
  );
}
