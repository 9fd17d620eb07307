import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { texts } from '../../texts';
import { CodeField, useCodeForm } from '../code-field';
import { FormProblem, showFieldProblems } from '../form-problem';

const words = texts.secondFactor;

interface Props<Answer> {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  text: string;
  submitLabel: string;
  act: (code: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
}

/** Asks for a code before something that whoever only found an open browser must not do. */
export function CodeDialog<Answer>({ isOpen, onClose, title, ...rest }: Props<Answer>) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': texts.common.cancel }}
    >
      <CodeDialogForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function CodeDialogForm<Answer>({ onClose, text, submitLabel, act, onDone }: Omit<Props<Answer>, 'isOpen' | 'title'>) {
  const form = useCodeForm();
  const submission = useMutation({
    mutationFn: act,
    meta: { showsProblemInline: true },
    onSuccess: (answer) => {
      onClose();
      onDone(answer);
    },
    onError: (error) => {
      showFieldProblems(form, error);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ code }) => {
        submission.mutate(code);
      })}
    >
      <Stack>
        <Text size="sm">{text}</Text>
        <FormProblem error={submission.error} fields={['code']} />
        <CodeField form={form} description={words.codeHint} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" loading={submission.isPending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
