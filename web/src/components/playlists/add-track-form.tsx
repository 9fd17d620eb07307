import { Button, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';

import type { PlaylistTrack } from '../../api/models';
import { texts } from '../../texts';
import classes from './playlists.module.css';
import { newTrack } from './track-text';

const words = texts.playlistPage;

export function AddTrackForm({ onAdd }: { onAdd: (track: PlaylistTrack) => void }) {
  const form = useForm({
    initialValues: { artist: '', title: '', album: '' },
    validate: { artist: isNotEmpty(words.needsBoth), title: isNotEmpty(words.needsBoth) },
    transformValues: ({ artist, title, album }) => ({
      artist: artist.trim(),
      title: title.trim(),
      album: album.trim(),
    }),
  });
  return (
    <form
      noValidate
      className={classes.addTrack}
      aria-label={words.addTrack}
      onSubmit={form.onSubmit((values) => {
        onAdd(newTrack(values));
        form.reset();
      })}
    >
      <TextInput label={words.addArtist} maxLength={1000} {...form.getInputProps('artist')} />
      <TextInput label={words.addTitle} maxLength={1000} {...form.getInputProps('title')} />
      <TextInput label={words.addAlbum} maxLength={1000} {...form.getInputProps('album')} />
      <Button type="submit" variant="default">
        {words.addTrack}
      </Button>
    </form>
  );
}
