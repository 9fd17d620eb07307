import { Button, Text } from '@mantine/core';
import { IconFileMusic } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';

import classes from './file-drop.module.css';

interface Props {
  onFile: (file: File) => void;
  accept: string;
  /** What is being read now, if anything. */
  busyText: string | null;
  words: { drop: string; hint: string; choose: string; input: string };
}

/** A place to drop one file on, with a button for everyone else. */
export function FileDrop({ onFile, accept, busyText, words }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const isBusy = busyText !== null;

  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !isBusy) {
      onFile(file);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };

  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      aria-busy={isBusy}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => {
        setIsOver(false);
      }}
      onDrop={drop}
    >
      <IconFileMusic size={36} stroke={1.5} aria-hidden className={classes.icon} />
      <Text fw={600} role="status">
        {busyText ?? words.drop}
      </Text>
      <Text size="sm" c="dimmed" className={classes.hint}>
        {words.hint}
      </Text>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={words.input}
        className={classes.input}
        tabIndex={-1}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Button loading={isBusy} onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
    </div>
  );
}
