import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

import type { ScrobbleSource, ScrobbleState } from '../../api/models';
import type { HistoryFilter } from '../../api/queries';
import { texts } from '../../texts';
import classes from './scrobbles.module.css';

const words = texts.history;
const TYPING_PAUSE_MS = 300;

const options = (any: string, names: Record<string, string>) => [
  { value: '', label: any },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
];
const STATES = options(words.anyState, texts.scrobble.states);
const SOURCES = options(words.anySource, texts.scrobble.sources);

interface Props {
  filter: HistoryFilter;
  onChange: (filter: HistoryFilter) => void;
  onClear: () => void;
}

export function HistoryFilters({ filter, onChange, onClear }: Props) {
  const [text, setText] = useState(filter.q ?? '');
  // Another filter always begins at its first page.
  const change = (part: HistoryFilter) => {
    onChange({ ...filter, q: text.trim() || undefined, ...part, page: undefined });
  };
  const find = useDebouncedCallback((q: string) => {
    change({ q: q.trim() || undefined });
  }, TYPING_PAUSE_MS);
  const isFiltered = Object.entries(filter).some(([name, value]) => name !== 'page' && value !== undefined);
  return (
    <form
      role="search"
      aria-label={words.filters}
      className={classes.filters}
      onSubmit={(event) => {
        event.preventDefault();
        change({});
      }}
    >
      <TextInput
        type="search"
        label={words.text}
        placeholder={words.textHint}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label={words.state}
        data={STATES}
        value={filter.state ?? ''}
        onChange={(event) => {
          change({ state: (event.currentTarget.value || undefined) as ScrobbleState | undefined });
        }}
      />
      <NativeSelect
        label={words.source}
        data={SOURCES}
        value={filter.source ?? ''}
        onChange={(event) => {
          change({ source: (event.currentTarget.value || undefined) as ScrobbleSource | undefined });
        }}
      />
      <TextInput
        type="date"
        label={words.from}
        value={filter.from ?? ''}
        max={filter.to}
        onChange={(event) => {
          change({ from: event.currentTarget.value || undefined });
        }}
      />
      <TextInput
        type="date"
        label={words.to}
        value={filter.to ?? ''}
        min={filter.from}
        onChange={(event) => {
          change({ to: event.currentTarget.value || undefined });
        }}
      />
      {isFiltered && (
        <Button
          variant="default"
          onClick={() => {
            setText('');
            onClear();
          }}
        >
          {words.clear}
        </Button>
      )}
    </form>
  );
}
