import { Button, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { updatePlaylist } from '../../api/actions';
import type { Playlist, PlaylistTrack } from '../../api/models';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { FormProblem } from '../form-problem';
import { toastDone } from '../toasts';
import { AddTrackForm } from './add-track-form';
import classes from './playlists.module.css';
import { TrackTable } from './track-table';
import { textToTracks, tracksToText } from './track-text';

const words = texts.playlistPage;
const WAYS = [
  { value: 'list', label: words.asList },
  { value: 'text', label: words.asText },
];
const MOST_LINES_NAMED = 5;

interface Props {
  playlist: Playlist;
  onDone: () => void;
}

/** A draft of the tracks, as a list or as text; nothing changes until it is saved, in one piece. */
export function TrackEditor({ playlist: newest, onDone }: Props) {
  // Saved against the version it was made from, so that a change made elsewhere meanwhile is not overwritten.
  const [playlist] = useState(newest);
  const [draft, setDraft] = useState<readonly PlaylistTrack[]>(playlist.tracks);
  const [text, setText] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const reading = text === null ? { tracks: [...draft], badLines: [] } : textToTracks(text, draft);
  const save = useMutation({
    mutationFn: updatePlaylist,
    meta: { showsProblemInline: true },
    onSuccess: () => {
      toastDone(words.saved);
      onDone();
    },
  });
  const switchTo = (way: string) => {
    if (way === 'text') {
      setText(tracksToText(draft));
    } else if (reading.badLines.length === 0) {
      setDraft(reading.tracks);
      setText(null);
    }
  };
  const removed = Math.max(0, playlist.tracks.length - reading.tracks.length);
  return (
    <Panel
      title={words.editing}
      aside={
        <SegmentedControl
          data={WAYS}
          value={text === null ? 'list' : 'text'}
          onChange={switchTo}
          aria-label={words.editAs}
        />
      }
    >
      {text === null ? (
        <>
          <AddTrackForm
            onAdd={(track) => {
              setDraft([...draft, track]);
              setPage(Infinity);
            }}
          />
          <TrackTable
            tracks={draft}
            page={page}
            onPage={setPage}
            onRemove={(index) => {
              setDraft(draft.toSpliced(index, 1));
            }}
          />
        </>
      ) : (
        <Textarea
          label={words.textLabel}
          description={words.textHint}
          rows={16}
          value={text}
          error={reading.badLines.length > 0 && words.badLines(firstOf(reading.badLines))}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      )}
      <div className={classes.saveBar}>
        <Text size="sm" c="dimmed" role="status">
          {words.draftCount(texts.common.tracks(reading.tracks.length), removed)}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onDone}>
            {texts.common.cancel}
          </Button>
          <Button
            loading={save.isPending}
            disabled={reading.badLines.length > 0}
            onClick={() => {
              save.mutate({ playlist, tracks: reading.tracks });
            }}
          >
            {words.saveTracks}
          </Button>
        </Group>
      </div>
      <FormProblem error={save.error} />
    </Panel>
  );
}

function firstOf(lines: readonly number[]): string {
  const named = lines.slice(0, MOST_LINES_NAMED).join(', ');
  return lines.length > MOST_LINES_NAMED ? `${named} …` : named;
}
