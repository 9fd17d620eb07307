import { Button, Group, Stack, Text } from '@mantine/core';

import type { LinkConfirmation, PendingLink } from '../../api/models';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { FormProblem } from '../form-problem';
import { ButtonLink } from '../links';

const words = texts.lastfm;

interface Props {
  link: PendingLink;
  error: Error | null;
  isBusy: boolean;
  /** @param replaces the word that another account takes the place of the one linked so far */
  onConfirm: (replaces?: LinkConfirmation['replaces']) => void;
}

/** Whose accounts these are, or what becomes of the one that is linked so far. */
export function LinkQuestion({ link, error, isBusy, onConfirm }: Props) {
  const { username, displayName, discord, replaces } = link;
  if (replaces) {
    return (
      <ReplaceQuestion offered={username} replaces={replaces} error={error} isBusy={isBusy} onConfirm={onConfirm} />
    );
  }
  return (
    <Stack>
      <Text fw={600}>
        {discord ? words.confirmQuestionDiscord(username, discord.name) : words.confirmQuestion(username, displayName)}
      </Text>
      <Text size="sm" c="dimmed">
        {words.confirmWarning}
      </Text>
      <FormProblem error={error} />
      <Group>
        <Button
          loading={isBusy}
          onClick={() => {
            onConfirm();
          }}
        >
          {words.confirmYes}
        </Button>
        <ButtonLink to={paths.home} variant="default">
          {words.confirmNo}
        </ButtonLink>
      </Group>
    </Stack>
  );
}

interface ReplaceProps extends Omit<Props, 'link'> {
  offered: string;
  replaces: NonNullable<PendingLink['replaces']>;
}

function ReplaceQuestion({ offered, replaces: { username, waiting }, error, isBusy, onConfirm }: ReplaceProps) {
  const replace = (what: 'send' | 'cancel') => () => {
    onConfirm({ username, waiting: what });
  };
  return (
    <Stack>
      <Text fw={600}>{words.replaceQuestion(offered, username)}</Text>
      <Text size="sm" c="dimmed">
        {waiting === 0 ? words.replaceNothingWaits(username) : words.replaceWaiting(waiting, username)}
      </Text>
      <FormProblem error={error} />
      <Stack align="stretch" gap="sm">
        <ButtonLink to={paths.lastfm}>{words.replaceNo(username)}</ButtonLink>
        <Button variant="default" disabled={isBusy} onClick={replace('send')}>
          {waiting === 0 ? words.replace(offered) : words.replaceSend(waiting, offered)}
        </Button>
        {waiting > 0 && (
          <Button variant="outline" color="red" disabled={isBusy} onClick={replace('cancel')}>
            {words.replaceCancel(waiting)}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}
