import { Badge, Button, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { revokeToken } from '../../api/actions';
import type { PersonalToken } from '../../api/models';
import { tokensQuery } from '../../api/queries';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { EmptyNote } from '../../ui/empty-note';
import { formatDay } from '../../ui/format';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { RelativeTime } from '../../ui/relative-time';
import { Loaded } from '../loaded';
import { toastDone } from '../toasts';
import classes from './settings.module.css';
import { TokenForm } from './token-form';

const words = texts.settings.tokens;

/** Personal tokens: what other programs use to act for someone. */
export function TokensPanel() {
  const tokens = useQuery(tokensQuery);
  const [leaving, setLeaving] = useState<PersonalToken | null>(null);
  return (
    <>
      <Panel title={words.newTitle} lead={words.newLead}>
        <TokenForm />
      </Panel>
      <Panel title={words.title}>
        <Loaded query={tokens} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote icon={<IconKey />} title={words.emptyTitle} text={words.emptyText} />
            ) : (
              <ul className={classes.rows} aria-label={words.title}>
                {items.map((token) => (
                  <TokenRow key={token.id} token={token} onRevoke={setLeaving} />
                ))}
              </ul>
            )
          }
        </Loaded>
        <RevokeDialog
          token={leaving}
          onClose={() => {
            setLeaving(null);
          }}
        />
      </Panel>
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: PersonalToken; onRevoke: (token: PersonalToken) => void }) {
  const { name, scopes, createdAt, lastUsedAt } = token;
  return (
    <li className={classes.row}>
      <IconKey size={22} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {scopes.map((scope) => (
            <Badge key={scope} variant="light" size="sm" tt="none">
              {words.scopes[scope].label}
            </Badge>
          ))}
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {words.made(formatDay(createdAt))},{' '}
          {lastUsedAt === null ? (
            words.neverUsed
          ) : (
            <>
              {words.lastUsed} <RelativeTime moment={lastUsedAt} justNow={texts.common.justNow} />
            </>
          )}
        </Text>
      </div>
      <Button
        variant="default"
        size="xs"
        aria-label={words.revokeNamed(name)}
        onClick={() => {
          onRevoke(token);
        }}
      >
        {words.revoke}
      </Button>
    </li>
  );
}

function RevokeDialog({ token, onClose }: { token: PersonalToken | null; onClose: () => void }) {
  const revocation = useMutation({
    mutationFn: revokeToken,
    onSuccess: () => {
      toastDone(words.revoked);
    },
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      isOpen={token !== null}
      onClose={onClose}
      title={words.revokeTitle(token?.name ?? '')}
      text={words.revokeText}
      confirm={{
        label: words.revoke,
        onConfirm: () => {
          if (token) {
            revocation.mutate(token.id);
          }
        },
        isBusy: revocation.isPending,
      }}
      cancelLabel={texts.common.cancel}
    />
  );
}
