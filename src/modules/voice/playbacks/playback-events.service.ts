import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { groupBy } from '../../../common/collections/group-by.js';
import { newId, type PlaybackId } from '../../../common/ids.js';
import type { PlaybackFact } from '../threshold/playback-fact.js';
import { PlaybackEvent } from './playback-event.entity.js';
import type { PlaybackStart, PlayerEvent, Seen } from './player-event.js';
import type { Playback } from './playback.entity.js';

/** Keeps what players tell, each thing once. */
@Injectable()
export class PlaybackEvents {
  /** @returns how many of them are news */
  async keep(
    manager: EntityManager,
    playback: Playback,
    events: ReadonlyArray<PlayerEvent | (PlaybackStart & { kind: 'started' })>,
  ): Promise<number> {
    const rows = events.map((event) => toRow(playback, event));
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(PlaybackEvent)
      .values(rows)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length;
  }

  /** Everything that is known of each of these playbacks, in the order in which it came in. */
  async findFacts(manager: EntityManager, ids: readonly PlaybackId[]): Promise<Map<PlaybackId, PlaybackFact[]>> {
    const events = await manager.find(PlaybackEvent, { where: { playbackId: In(ids) }, order: { id: 'ASC' } });
    const byPlayback = groupBy(events, ({ playbackId }) => playbackId);
    return new Map([...byPlayback].map(([id, of]) => [id, of.map((event) => toFact(event))]));
  }
}

function toFact({ kind, at, since, endedBecause, listeners, deafened }: PlaybackEvent): PlaybackFact {
  return { kind, atMs: at.getTime(), sinceMs: since?.getTime() ?? null, endedBecause, listeners, deafened };
}

function toRow({ id, seenAt }: Playback, event: PlayerEvent | (PlaybackStart & { kind: 'started' })): PlaybackEvent {
  const { eventId, kind, at } = event;
  return {
    ...{ id: newId(), playbackId: id, eventId, kind, at },
    since: event.kind === 'returned' ? (event.since ?? seenAt) : null,
    positionSeconds: event.kind === 'seeked' ? event.positionSeconds : null,
    endedBecause: event.kind === 'ended' ? event.because : null,
    ...split(seenIn(event)),
  };
}

function seenIn(event: PlayerEvent | (PlaybackStart & { kind: 'started' })): readonly Seen[] {
  if ('listeners' in event) {
    return event.listeners;
  }
  if ('listener' in event) {
    return [event.listener];
  }
  return 'discordUserId' in event ? [{ discordUserId: event.discordUserId, isDeafened: false }] : [];
}

function split(seen: readonly Seen[]): Pick<PlaybackEvent, 'listeners' | 'deafened'> {
  const ids = (isDeafened: boolean): string[] => [
    ...new Set(seen.filter((one) => one.isDeafened === isDeafened).map(({ discordUserId }) => discordUserId)),
  ];
  return { listeners: ids(false), deafened: ids(true) };
}
