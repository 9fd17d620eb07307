import { Group, Stack, Text } from '@mantine/core';
import { IconBrandLastfm } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import type { LastfmAccount } from '../api/models';
import { lastfmAccountQuery } from '../api/queries';
import { AccountControls } from '../components/lastfm/account-controls';
import { AccountFacts, ProfileLink } from '../components/lastfm/account-facts';
import { LinkButton } from '../components/lastfm/link-button';
import { type LinkOutcome, LinkOutcomeNote } from '../components/lastfm/link-outcome';
import { Loaded } from '../components/loaded';
import { LastDays } from '../components/statistics/last-days';
import { paths } from '../paths';
import { texts } from '../texts';
import { EmptyNote } from '../ui/empty-note';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.lastfm;

export function LastfmPage() {
  const account = useQuery(lastfmAccountQuery);
  const [outcome, forgetOutcome] = useLinkOutcome();
  return (
    <>
      <PageHeader title={words.title} tabTitle={texts.common.pageTitle(words.title)} lead={words.lead} />
      {outcome && <LinkOutcomeNote outcome={outcome} username={account.data?.username} onClose={forgetOutcome} />}
      <Loaded query={account} skeleton={<LineSkeletons count={4} label={texts.common.loading} />}>
        {(linked) => (linked ? <Linked account={linked} /> : <NotLinked />)}
      </Loaded>
    </>
  );
}

/** What the address says about the visit to Last.fm, which is then taken out of it: a reload tells it no second time. */
function useLinkOutcome(): [LinkOutcome | null, () => void] {
  const { linked, error } = useSearch({ from: '/member/lastfm' });
  const navigate = useNavigate();
  const [outcome, setOutcome] = useState<LinkOutcome | null>(() => {
    if (error !== undefined) {
      return { kind: 'failed', code: error };
    }
    return linked === undefined ? null : { kind: 'linked' };
  });
  const isToldByAddress = linked !== undefined || error !== undefined;
  useEffect(() => {
    if (isToldByAddress) {
      void navigate({ to: paths.lastfm, search: {}, replace: true });
    }
  }, [isToldByAddress, navigate]);
  return [
    outcome,
    () => {
      setOutcome(null);
    },
  ];
}

function Linked({ account }: { account: LastfmAccount }) {
  return (
    <Stack gap="md">
      <AccountPanel account={account} />
      <LastDays />
    </Stack>
  );
}

function AccountPanel({ account }: { account: LastfmAccount }) {
  return (
    <Panel title={account.username} aside={<ProfileLink account={account} />}>
      <AccountFacts account={account} />
      {account.state === 'rejected' && (
        <Group mt="lg">
          <LinkButton>{words.linkAgain}</LinkButton>
          <Text size="sm" c="dimmed">
            {words.rejectedText}
          </Text>
        </Group>
      )}
      <AccountControls account={account} />
    </Panel>
  );
}

function NotLinked() {
  return (
    <Panel title={words.state}>
      <EmptyNote
        icon={<IconBrandLastfm />}
        title={words.notLinkedTitle}
        text={words.notLinkedText}
        action={<LinkButton>{words.link}</LinkButton>}
      />
    </Panel>
  );
}
