import { Button, Group, Modal, Text } from '@mantine/core';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  text: string;
  confirm: { label: string; onConfirm: () => void; isBusy: boolean };
  cancelLabel: string;
}

/** Asks before something that cannot be undone, and says what it does. */
export function ConfirmDialog({ isOpen, onClose, title, text, confirm, cancelLabel }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': cancelLabel }}>
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {cancelLabel}
        </Button>
        <Button color="red" onClick={confirm.onConfirm} loading={confirm.isBusy}>
          {confirm.label}
        </Button>
      </Group>
    </Modal>
  );
}
