import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { identitiesQuery, providersQuery } from '../../api/queries';
import { paths } from '../../paths';
import { texts } from '../../texts';

const securityPage = paths.settingsSection.replace('$section', 'security');

/** The ways in that this person has, each leading back to these settings. */
export function SignInAgain() {
  const { data: identities } = useQuery(identitiesQuery);
  const { data: providers } = useQuery(providersQuery);
  const ways = providers?.items.flatMap(({ kind, label, startPath }) =>
    startPath !== null && identities?.items.some((identity) => identity.kind === kind) ? [{ label, startPath }] : [],
  );
  return (
    <Group>
      {ways?.map(({ label, startPath }) => (
        <Button key={label} component="a" variant="default" href={`${startPath}?next=${securityPage}`}>
          {texts.secondFactor.signInAgain(label)}
        </Button>
      ))}
    </Group>
  );
}
