import { Alert, Button, Divider, Group, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { unlinkIdentity } from '../../api/actions';
import type { Identity } from '../../api/models';
import { identitiesQuery, providersQuery } from '../../api/queries';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { RelativeTime } from '../../ui/relative-time';
import { Loaded } from '../loaded';
import { SignInFailure } from '../sign-in-failure';
import { toastDone } from '../toasts';
import { FirstPasswordForm } from './first-password-form';
import classes from './settings.module.css';

const words = texts.settings.identities;

/** The ways in that someone has, and those they could add. */
export function IdentitiesPanel() {
  const identities = useQuery(identitiesQuery);
  return (
    <Panel title={words.title} lead={words.lead}>
      <Stack>
        <OutcomeNote />
        <Loaded query={identities} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
          {({ items }) => (
            <>
              <IdentityList identities={items} />
              <Additions identities={items} />
            </>
          )}
        </Loaded>
      </Stack>
    </Panel>
  );
}

/** How a visit to a provider ended. */
function OutcomeNote() {
  const { linked, error } = useSearch({ from: '/member/settings/$section' });
  if (error !== undefined) {
    return <SignInFailure title={words.notAdded} code={error} />;
  }
  return linked === undefined ? null : (
    <Alert color="teal" variant="light" icon={<IconCheck aria-hidden />} role="status">
      {words.added}
    </Alert>
  );
}

function IdentityList({ identities }: { identities: readonly Identity[] }) {
  const [leaving, setLeaving] = useState<Identity | null>(null);
  const close = () => {
    setLeaving(null);
  };
  const removal = useMutation({
    mutationFn: unlinkIdentity,
    onSuccess: () => {
      toastDone(words.removed);
    },
    onSettled: close,
  });
  return (
    <>
      <ul className={classes.rows} aria-label={words.title}>
        {identities.map((identity) => (
          <IdentityRow key={identity.id} identity={identity} onRemove={setLeaving} />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== null}
        onClose={close}
        title={words.removeTitle(leaving?.label ?? '')}
        text={words.removeText}
        confirm={{
          label: words.remove,
          onConfirm: () => {
            removal.mutate(leaving?.id ?? '');
          },
          isBusy: removal.isPending,
        }}
        cancelLabel={texts.common.cancel}
      />
    </>
  );
}

function IdentityRow({ identity, onRemove }: { identity: Identity; onRemove: (identity: Identity) => void }) {
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Text fw={600}>{identity.label}</Text>
        <Text size="sm" c="dimmed" component="div">
          {identity.name} · {identity.letsIn ? <LastUse identity={identity} /> : words.doesNotLetIn}
        </Text>
      </div>
      <Button
        variant="subtle"
        color="red"
        size="xs"
        aria-label={words.removeLabel(identity.label, identity.name)}
        onClick={() => {
          onRemove(identity);
        }}
      >
        {words.remove}
      </Button>
    </li>
  );
}

function LastUse({ identity: { lastUsedAt } }: { identity: Identity }) {
  return lastUsedAt === null ? (
    words.neverUsed
  ) : (
    <>
      {words.lastUsed} <RelativeTime moment={lastUsedAt} justNow={texts.common.justNow} />
    </>
  );
}

/** Providers are links: the browser leaves. A password is for those who have none. */
function Additions({ identities }: { identities: readonly Identity[] }) {
  const { data: providers } = useQuery(providersQuery);
  const hasPassword = identities.some(({ kind }) => kind === 'password');
  const missing = providers?.items.flatMap(({ kind, label, startPath }) =>
    startPath === null || identities.some((identity) => identity.kind === kind) ? [] : [{ kind, label, startPath }],
  );
  return (
    <>
      {missing && missing.length > 0 && (
        <Group>
          {missing.map(({ kind, label, startPath }) => (
            <Button key={kind} component="a" href={`${startPath}?intent=link`} variant="default">
              {words.add(label)}
            </Button>
          ))}
        </Group>
      )}
      {!hasPassword && (
        <>
          <Divider />
          <FirstPasswordForm />
        </>
      )}
    </>
  );
}
