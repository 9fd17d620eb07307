import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import type { LastfmAccount } from '../../api/models';
import { installationQuery } from '../../api/queries';
import { texts } from '../../texts';
import { FactList } from '../../ui/fact-list';
import { formatDay } from '../../ui/format';
import { StatusLabel } from '../../ui/status-label';

const words = texts.lastfm;

export function AccountFacts({ account }: { account: LastfmAccount }) {
  const isLinked = account.state === 'linked';
  return (
    <FactList
      facts={[
        {
          label: words.state,
          value: <StatusLabel tone={isLinked ? 'good' : 'bad'}>{isLinked ? words.linked : words.rejected}</StatusLabel>,
        },
        { label: words.queued, value: texts.common.number(account.queued), hint: words.queuedHint },
        { label: words.held, value: texts.common.number(account.held), hint: words.heldHint },
        { label: words.linkedSince, value: formatDay(account.linkedAt) },
      ]}
    />
  );
}

export function ProfileLink({ account }: { account: LastfmAccount }) {
  const { data: installation } = useQuery(installationQuery);
  if (!installation) {
    return null;
  }
  const { isSandbox, origin } = installation.lastfm;
  const profile = `${origin}/user/${encodeURIComponent(account.username)}`;
  return (
    <Anchor href={isSandbox ? profile : (account.profileUrl ?? profile)} target="_blank" rel="noreferrer" size="sm">
      {isSandbox ? words.sandboxProfile : words.profile}
    </Anchor>
  );
}
