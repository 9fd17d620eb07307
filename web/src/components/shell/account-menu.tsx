import { ActionIcon, Button, Popover, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLogout, IconMicrophone2, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';

import { signOut } from '../../api/actions';
import type { Me } from '../../api/models';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { ButtonLink } from '../links';

export function AccountMenu({ me }: { me: Me }) {
  const leave = useMutation({
    mutationFn: signOut,
    meta: { changesNothing: true },
    // A fresh page keeps nothing of the one who left.
    onSuccess: () => {
      window.location.assign(paths.signIn);
    },
  });
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const label = texts.shell.accountMenu(me.displayName);
  return (
    <Popover
      opened={isOpen}
      onChange={toggle}
      position="bottom-end"
      width={240}
      withArrow
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon variant="default" size="lg" aria-label={label} onClick={toggle}>
          <IconUserCircle size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Text size="sm" fw={600} truncate>
          {me.displayName}
        </Text>
        <Text size="xs" c="dimmed" truncate mb="sm">
          {me.email}
        </Text>
        <Stack gap="xs">
          <ButtonLink
            to={paths.rooms}
            variant="default"
            size="sm"
            fullWidth
            leftSection={<IconMicrophone2 size={16} aria-hidden />}
            onClick={close}
          >
            {texts.rooms.menu}
          </ButtonLink>
          <ButtonLink
            to={paths.settings}
            variant="default"
            size="sm"
            fullWidth
            leftSection={<IconSettings size={16} aria-hidden />}
            onClick={close}
          >
            {texts.shell.settings}
          </ButtonLink>
          <Button
            variant="default"
            size="sm"
            fullWidth
            leftSection={<IconLogout size={16} aria-hidden />}
            loading={leave.isPending || leave.isSuccess}
            onClick={() => {
              leave.mutate();
            }}
          >
            {texts.shell.signOut}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
