import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { lastfmAccountQuery } from '../../api/queries';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { AccountFacts, ProfileLink } from '../lastfm/account-facts';
import { LinkButton } from '../lastfm/link-button';
import { Loaded } from '../loaded';

export function LastfmPanel() {
  const account = useQuery(lastfmAccountQuery);
  return (
    <Panel
      title={account.data ? texts.home.lastfmAccount(account.data.username) : texts.home.lastfmTitle}
      aside={account.data && <ProfileLink account={account.data} />}
    >
      <Loaded query={account} skeleton={<LineSkeletons count={2} label={texts.common.loading} />}>
        {(linked) =>
          linked ? (
            <AccountFacts account={linked} />
          ) : (
            <>
              <Text size="sm" c="dimmed" mb="md">
                {texts.lastfm.notLinkedText}
              </Text>
              <LinkButton>{texts.lastfm.link}</LinkButton>
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
