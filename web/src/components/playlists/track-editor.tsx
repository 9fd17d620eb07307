import { Button, Stack, Text } from '@mantine/core';
import { IconPlaylist } from '@tabler/icons-react';
import { useState } from 'react';

import type { ImportedPlaylist, Playlist } from '../../api/models';
import { texts } from '../../texts';
import { EmptyNote } from '../../ui/empty-note';
import { Panel } from '../../ui/panel';
import { DuplicatesList } from './duplicates-list';
import { SkippedRows } from './import-report';
import { PasteLinesForm, PlaceForm, TrackDialog, TrackForm } from './track-dialog';
import { selectedAfter } from './track-edits';
import { TrackList } from './track-list';
import { TrackToolbar } from './track-toolbar';
import { type Edit, type TrackEdits, useTrackEdits } from './use-track-edits';

const words = texts.playlistEditor;
const NONE: ReadonlySet<number> = new Set();

type Report = ImportedPlaylist['report'];
type Asked =
  | { what: 'add' }
  | { what: 'paste' }
  | { what: 'pasted'; report: Report }
  | { what: 'duplicates' }
  | { what: 'edit'; position: number }
  | { what: 'place'; positions: number[] };

/** The tracks of a playlist, changed in place: every change is kept at once and can be taken back. */
export function TrackEditor({ playlist }: { playlist: Playlist }) {
  const { edits, selected, select } = useSelectionAndEdits(playlist);
  const [asked, setAsked] = useState<Asked | null>(null);
  const move = (positions: number[], to: number) => {
    edits.edit({ operations: [{ op: 'move', positions, to }], say: () => words.moved(positions.length) });
  };
  const remove = (positions: number[]) => {
    edits.edit({
      operations: [{ op: 'remove', positions }],
      say: ({ results }) => words.removed(results[0]?.removed ?? 0),
    });
  };
  const ask = (what: 'add' | 'paste' | 'duplicates') => () => {
    setAsked({ what });
  };
  const ofSelected = () => [...selected].sort((one, other) => one - other);
  return (
    <Panel title={texts.playlistPage.tracksLabel}>
      <TrackToolbar
        selectedCount={selected.size}
        isBusy={edits.isBusy}
        canUndo={playlist.canUndo}
        onAdd={ask('add')}
        onPaste={ask('paste')}
        onDuplicates={ask('duplicates')}
        onUndo={edits.undo}
        onPlace={() => {
          setAsked({ what: 'place', positions: ofSelected() });
        }}
        onRemove={() => {
          remove(ofSelected());
        }}
        onClear={() => {
          select(NONE);
        }}
      />
      {edits.tracks.length === 0 ? (
        <EmptyNote
          icon={<IconPlaylist />}
          title={texts.playlistPage.emptyTitle}
          text={texts.playlistPage.emptyText}
          action={<Button onClick={ask('add')}>{words.add}</Button>}
        />
      ) : (
        <TrackList
          tracks={edits.tracks}
          selected={selected}
          onSelect={select}
          onMove={move}
          onRemove={remove}
          onEdit={(position) => {
            setAsked({ what: 'edit', position });
          }}
          onPlace={(positions) => {
            setAsked({ what: 'place', positions });
          }}
        />
      )}
      {asked && <Question asked={asked} playlist={playlist} edits={edits} move={move} setAsked={setAsked} />}
    </Panel>
  );
}

/** The selection goes along with what is shown: at once when something is changed, and not with changes from elsewhere. */
function useSelectionAndEdits(playlist: Playlist) {
  const edits = useTrackEdits(playlist);
  const { version } = playlist;
  const [selection, setSelection] = useState({ version, positions: NONE });
  const selected = selection.version === version ? selection.positions : NONE;
  const select = (positions: ReadonlySet<number>) => {
    setSelection({ version, positions });
  };
  const edit = (change: Edit) => {
    if (edits.isBusy) {
      return;
    }
    select(selectedAfter(selected, change.operations, playlist.trackCount));
    edits.edit({
      ...change,
      onDone: (edited) => {
        setSelection((now) => (now.version === version ? { ...now, version: edited.version } : now));
        change.onDone?.(edited);
      },
      onFailed: () => {
        select(NONE);
      },
    });
  };
  return { edits: { ...edits, edit } satisfies TrackEdits, selected, select };
}

interface QuestionProps {
  asked: Asked;
  playlist: Playlist;
  edits: TrackEdits;
  move: (positions: number[], to: number) => void;
  setAsked: (asked: Asked | null) => void;
}

function Question({ asked, playlist, edits, move, setAsked }: QuestionProps) {
  const close = () => {
    setAsked(null);
  };
  switch (asked.what) {
    case 'add':
      return (
        <TrackDialog title={words.addTitle} onClose={close}>
          <TrackForm
            submitLabel={words.addOne}
            onSubmit={(track) => {
              edits.edit({ operations: [{ op: 'add', tracks: [track] }], say: () => words.added(1) });
              close();
            }}
          />
        </TrackDialog>
      );
    case 'edit':
      return (
        <TrackDialog title={words.editTitle} onClose={close}>
          <TrackForm
            {...(playlist.tracks[asked.position] && { track: playlist.tracks[asked.position] })}
            submitLabel={texts.common.save}
            onSubmit={(track) => {
              const { position } = asked;
              edits.edit({ operations: [{ op: 'replace', position, track }], say: () => words.changed(track.title) });
              close();
            }}
          />
        </TrackDialog>
      );
    case 'place':
      return (
        <TrackDialog title={words.placeTitle(asked.positions.length)} onClose={close}>
          <PlaceForm
            count={asked.positions.length}
            total={playlist.trackCount}
            onSubmit={(to) => {
              move(asked.positions, to);
              close();
            }}
          />
        </TrackDialog>
      );
    case 'paste':
    case 'pasted':
      return (
        <TrackDialog title={words.pasteTitle} size="lg" onClose={close}>
          {asked.what === 'pasted' ? (
            <PasteReport report={asked.report} onClose={close} />
          ) : (
            <PasteLinesForm
              isBusy={edits.isBusy}
              onSubmit={(text) => {
                edits.edit({
                  operations: [{ op: 'paste', text }],
                  say: ({ results }) => words.added(results[0]?.added ?? 0),
                  onDone: ({ results }) => {
                    const report = results[0]?.report ?? null;
                    setAsked(report && report.skippedTotal > 0 ? { what: 'pasted', report } : null);
                  },
                });
              }}
            />
          )}
        </TrackDialog>
      );
    case 'duplicates':
      return (
        <TrackDialog title={words.duplicatesTitle} size="lg" onClose={close}>
          <DuplicatesList
            playlist={playlist}
            isBusy={edits.isBusy}
            onRemove={() => {
              edits.edit({
                operations: [{ op: 'remove_duplicates' }],
                say: ({ results }) => words.removed(results[0]?.removed ?? 0),
                onDone: close,
              });
            }}
          />
        </TrackDialog>
      );
  }
}

function PasteReport({ report, onClose }: { report: Report; onClose: () => void }) {
  return (
    <Stack>
      <Text role="status">{texts.playlistImport.doneSome(report.imported, report.read)}</Text>
      <SkippedRows skipped={report.skipped} total={report.skippedTotal} />
      <Button style={{ alignSelf: 'flex-end' }} onClick={onClose}>
        {texts.common.close}
      </Button>
    </Stack>
  );
}
