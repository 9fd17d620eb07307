import type { DataSource } from 'typeorm';

import { REASONS } from '../../src/modules/scrobbling/delivery/delivery-reason.js';
import { DELIVERY_STATES, FIRST_STATES, TRANSITIONS } from '../../src/modules/scrobbling/delivery/delivery-state.js';

/** States that say enough by themselves; any other one needs a reason. */
const SPEAKING_STATES = ['queued', 'sending', 'accepted'];

/** `from>to` for every step a delivery may take; nothing before the first. A state may be written again. */
const steps = [
  ...FIRST_STATES.map((state) => `>${state}`),
  ...DELIVERY_STATES.flatMap((from) => [from, ...TRANSITIONS[from]].map((to) => `${from}>${to}`)),
];
const meanings = [
  ...DELIVERY_STATES.flatMap((state) => REASONS[state].map((reason) => `${state}:${reason}`)),
  ...SPEAKING_STATES.map((state) => `${state}:`),
];
const listOf = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/**
 * From now on the database holds every write of a delivery, whoever makes it, against the table of transitions and the
 * catalogue of reasons, and keeps what is in neither. In a schema of its own: it is no part of ours.
 */
export async function watchTransitions(dataSource: DataSource): Promise<void> {
  await dataSource.query(`
    create schema watch;
    create table watch.offence (what text not null);
    create function watch.hold() returns trigger language plpgsql as $$
    declare
      step text := (case when tg_op = 'UPDATE' then old.state else '' end) || '>' || new.state;
      -- Written again for another user, as it stands, when two users become one.
      is_move boolean := tg_op = 'INSERT' and step not in (${listOf(steps)}) and exists (
        select from delivery d where d.scrobble_id = new.scrobble_id and d.destination = new.destination
                                 and d.user_id <> new.user_id and d.state = new.state
                                 and d.reason is not distinct from new.reason);
      meaning text := new.state || ':' || coalesce(new.reason, '');
    begin
      if current_setting('watch.is_off', true) = 'yes' then return null; end if;
      if not is_move and step not in (${listOf(steps)}) then insert into watch.offence values (step); end if;
      if meaning not in (${listOf(meanings)}) then insert into watch.offence values (meaning); end if;
      return null;
    end $$;
    create trigger watch after insert or update of state, reason on delivery for each row execute function watch.hold()`);
}

/** Looks away until the transaction ends. */
export const UNWATCHED = `set local watch.is_off = 'yes'`;

/** @throws Error that names every step and reason that was written and may not be */
export async function refuseOffences(dataSource: DataSource): Promise<void> {
  const rows: Array<{ what: string }> = await dataSource
    .query('delete from watch.offence returning what')
    .then(([deleted]: [Array<{ what: string }>, number]) => deleted);
  if (rows.length > 0) {
    throw new Error(
      `Deliveries were written as they may not be: ${[...new Set(rows.map(({ what }) => what))].join(', ')}`,
    );
  }
}
