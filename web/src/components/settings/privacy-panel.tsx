import { Stack, Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { updateMe } from '../../api/actions';
import type { Me } from '../../api/models';
import { meQuery } from '../../api/queries';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';

const words = texts.settings.privacy;

/** What others may see. Two decisions, and neither is made for anyone. */
export function PrivacyPanel() {
  const { data: me } = useQuery(meQuery);
  return (
    <Panel title={words.title} lead={words.lead}>
      {me && (
        <Stack gap="md">
          <Choice me={me} name="profilePublic" hint={words.profilePublicHint} />
          <Choice
            me={me}
            name="statisticsPublic"
            hint={
              me.statisticsPublic && !me.profilePublic
                ? `${words.statisticsPublicHint} ${words.statisticsNeedProfile}`
                : words.statisticsPublicHint
            }
          />
        </Stack>
      )}
    </Panel>
  );
}

function Choice({ me, name, hint }: { me: Me; name: 'profilePublic' | 'statisticsPublic'; hint: string }) {
  // One after the other: what was chosen last is what stays. It is not disabled meanwhile, which would take the focus away.
  const choice = useMutation({
    mutationFn: (isPublic: boolean) => updateMe({ [name]: isPublic }),
    scope: { id: name },
  });
  return (
    <Switch
      label={words[name]}
      description={hint}
      checked={choice.isPending ? choice.variables : me[name]}
      onChange={(event) => {
        choice.mutate(event.currentTarget.checked);
      }}
    />
  );
}
