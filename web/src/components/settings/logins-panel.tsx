import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { disownLogin, endLogin, endOtherLogins } from '../../api/actions';
import type { Login } from '../../api/models';
import { loginsQuery } from '../../api/queries';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { formatDay } from '../../ui/format';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { RelativeTime } from '../../ui/relative-time';
import { StatusLabel } from '../../ui/status-label';
import { Loaded } from '../loaded';
import { toastDone } from '../toasts';
import classes from './settings.module.css';

const words = texts.settings.logins;

/** The browsers that are signed in, and the way to sign them out. */
export function LoginsPanel() {
  const logins = useQuery(loginsQuery);
  const [stranger, setStranger] = useState<Login | null>(null);
  return (
    <Panel title={words.title} lead={words.lead} aside={(logins.data?.total ?? 0) > 1 && <EndOthers />}>
      <Loaded query={logins} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
        {({ items, passwordChangeRequired }) => (
          <>
            {passwordChangeRequired && (
              <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} mb="md" role="status">
                {words.passwordSuspected}
              </Alert>
            )}
            <ul className={classes.rows} aria-label={words.title}>
              {items.map((login) => (
                <LoginRow key={login.id} login={login} onDisown={setStranger} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <DisownDialog
        login={stranger}
        onClose={() => {
          setStranger(null);
        }}
      />
    </Panel>
  );
}

function LoginRow({ login, onDisown }: { login: Login; onDisown: (login: Login) => void }) {
  const end = useMutation({
    mutationFn: endLogin,
    onSuccess: () => {
      toastDone(words.ended(login.device));
    },
  });
  const Icon = /android|ios|iphone|ipad/i.test(login.device) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={classes.row}>
      <Icon size={22} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Text fw={600}>{login.device}</Text>
        <Text size="sm" c="dimmed" component="div">
          {words.signedIn(formatDay(login.createdAt))}, {words.lastUsed}{' '}
          <RelativeTime moment={login.lastUsedAt} justNow={texts.common.justNow} />
        </Text>
      </div>
      {login.isCurrent ? (
        <StatusLabel tone="good">{words.thisOne}</StatusLabel>
      ) : (
        <Group gap="xs">
          <Button
            variant="subtle"
            color="red"
            size="xs"
            onClick={() => {
              onDisown(login);
            }}
          >
            {words.notMe}
          </Button>
          <Button
            variant="default"
            size="xs"
            loading={end.isPending}
            onClick={() => {
              end.mutate(login.id);
            }}
          >
            {words.end}
          </Button>
        </Group>
      )}
    </li>
  );
}

function EndOthers() {
  const end = useMutation({
    mutationFn: endOtherLogins,
    onSuccess: () => {
      toastDone(words.othersEnded);
    },
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={end.isPending}
      onClick={() => {
        end.mutate();
      }}
    >
      {words.endOthers}
    </Button>
  );
}

function DisownDialog({ login, onClose }: { login: Login | null; onClose: () => void }) {
  const disown = useMutation({
    mutationFn: disownLogin,
    onSuccess: ({ passwordChangeRequired, isAnyWayInLeft }) => {
      const done = passwordChangeRequired ? words.disownedChangePassword : words.disowned;
      toastDone(isAnyWayInLeft ? done : words.disownedNoWayIn);
    },
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      isOpen={login !== null}
      onClose={onClose}
      title={words.notMeTitle}
      text={words.notMeText(login?.device ?? '')}
      confirm={{
        label: words.notMeConfirm,
        onConfirm: () => {
          if (login) {
            disown.mutate(login.id);
          }
        },
        isBusy: disown.isPending,
      }}
      cancelLabel={texts.common.cancel}
    />
  );
}
