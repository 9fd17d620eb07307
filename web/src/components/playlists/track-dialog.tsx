import { Button, Group, Modal, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { isInRange, isNotEmpty, useForm } from '@mantine/form';
import { type ReactNode, useEffect, useState } from 'react';

import type { PlaylistTrack } from '../../api/models';
import { texts } from '../../texts';
import { TrackSearch } from '../search/track-search';

const words = texts.playlistEditor;

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: string;
  children: ReactNode;
}

/** A question about tracks; the page shows it for as long as it is asked. */
export function TrackDialog({ title, onClose, size = 'md', children }: DialogProps) {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) {
        opener.focus();
      }
    },
    [opener],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      centered
      closeButtonProps={{ 'aria-label': texts.common.close }}
    >
      {children}
    </Modal>
  );
}

interface TrackFormProps {
  /** The track to change; without one it is a new one. */
  track?: PlaylistTrack;
  submitLabel: string;
  onSubmit: (track: PlaylistTrack) => void;
}

const NO_TRACK: PlaylistTrack = { artist: '', title: '', album: null, albumArtist: null, durationSeconds: null };

/** What the form does not ask for stays as it is, or as the search has found it. */
export function TrackForm({ track = NO_TRACK, submitLabel, onSubmit }: TrackFormProps) {
  const [known, setKnown] = useState(track);
  const form = useForm({
    initialValues: { artist: track.artist, title: track.title, album: track.album ?? '' },
    validate: { artist: isNotEmpty(words.needsBoth), title: isNotEmpty(words.needsBoth) },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ artist, title, album }) => {
        onSubmit({ ...known, artist: artist.trim(), title: title.trim(), album: album.trim() || null });
      })}
    >
      <Stack>
        <TrackSearch
          onPick={({ artist, title, album, albumArtist, durationSeconds }) => {
            setKnown({ artist, title, album, albumArtist, durationSeconds });
            form.setValues({ artist, title, album: album ?? '' });
          }}
        />
        <TextInput label={words.columnArtist} maxLength={1000} {...form.getInputProps('artist')} />
        <TextInput label={words.columnTitle} maxLength={1000} {...form.getInputProps('title')} />
        <TextInput label={words.albumOptional} maxLength={1000} {...form.getInputProps('album')} />
        <Submit label={submitLabel} />
      </Stack>
    </form>
  );
}

interface PlaceFormProps {
  /** How many tracks are moved, and how many there are. */
  count: number;
  total: number;
  onSubmit: (to: number) => void;
}

/** Asks for a place as people count, from 1. */
export function PlaceForm({ count, total, onSubmit }: PlaceFormProps) {
  const last = total - count + 1;
  const form = useForm<{ place: number | string }>({
    initialValues: { place: '' },
    validate: { place: isInRange({ min: 1, max: last }, words.placeBetween(last)) },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ place }) => {
        onSubmit(Number(place) - 1);
      })}
    >
      <Stack>
        <NumberInput
          label={words.newPlace}
          description={words.placeHint(last)}
          min={1}
          max={last}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          data-autofocus
          {...form.getInputProps('place')}
        />
        <Submit label={words.moveHere} />
      </Stack>
    </form>
  );
}

export function PasteLinesForm({ isBusy, onSubmit }: { isBusy: boolean; onSubmit: (text: string) => void }) {
  const form = useForm({ initialValues: { text: '' }, validate: { text: isNotEmpty(words.pasteMissing) } });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ text }) => {
        onSubmit(text);
      })}
    >
      <Stack>
        <Textarea
          label={words.pasteLabel}
          description={words.pasteHint}
          placeholder={texts.playlistImport.pasteExample}
          rows={10}
          data-autofocus
          {...form.getInputProps('text')}
        />
        <Submit label={words.pasteAdd} isBusy={isBusy} />
      </Stack>
    </form>
  );
}

function Submit({ label, isBusy = false }: { label: string; isBusy?: boolean }) {
  return (
    <Group justify="flex-end">
      <Button type="submit" loading={isBusy}>
        {label}
      </Button>
    </Group>
  );
}
