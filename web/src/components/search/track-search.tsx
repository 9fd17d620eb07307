import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { SearchHit, SearchResult } from '../../api/models';
import { trackSearchQuery } from '../../api/queries';
import { texts } from '../../texts';
import classes from './track-search.module.css';

const words = texts.search;
/** So long nobody types: the search goes to several platforms, which count our calls. */
const PAUSE_MS = 400;
const SHORTEST = 2;

/** Finds a track everywhere at once, to take its names over. */
export function TrackSearch({ onPick }: { onPick: (hit: SearchHit) => void }) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), PAUSE_MS);
  const list = useCombobox();
  const isWanted = wanted.length >= SHORTEST && text.trim() !== '';
  const { data: found, isFetching, isError } = useQuery({ ...trackSearchQuery(wanted), enabled: isWanted });
  const pick = (index: string) => {
    const hit = found?.items[Number(index)];
    if (hit) {
      onPick(hit);
      setText('');
      list.closeDropdown();
    }
  };
  return (
    <Combobox store={list} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          type="search"
          label={words.label}
          description={words.hint}
          maxLength={200}
          value={text}
          error={isError && words.failed}
          rightSection={isFetching && <Loader size={16} aria-label={words.searching} />}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            list.openDropdown();
            list.resetSelectedOption();
          }}
          onFocus={() => {
            list.openDropdown();
          }}
          onBlur={() => {
            list.closeDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isWanted || !found}>{found && <Found found={found} />}</Combobox.Dropdown>
    </Combobox>
  );
}

function Found({ found: { items, platforms } }: { found: SearchResult }) {
  const missing = platforms.flatMap(({ platform, state }) =>
    state === 'answered' || state === 'not_connected' ? [] : [words.states[state](words.platforms[platform])],
  );
  return (
    <>
      <Combobox.Options aria-label={words.results} className={classes.options}>
        {items.map((hit, index) => (
          <Combobox.Option key={`${hit.artist}\n${hit.title}`} value={`${index}`}>
            <Text size="sm" fw={600} lh={1.3}>
              {hit.title}
            </Text>
            <Text size="sm" lh={1.3}>
              {hit.artist}
            </Text>
            <Text size="xs" c="dimmed">
              {hit.sources.map(({ platform, playlist }) => playlist?.title ?? words.platforms[platform]).join(' · ')}
            </Text>
          </Combobox.Option>
        ))}
        {items.length === 0 && <Combobox.Empty>{words.nothing}</Combobox.Empty>}
      </Combobox.Options>
      {missing.length > 0 && (
        <Combobox.Footer>
          <Text size="xs" c="dimmed" role="status">
            {missing.join(' ')}
          </Text>
        </Combobox.Footer>
      )}
    </>
  );
}
