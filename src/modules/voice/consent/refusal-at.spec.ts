import { type Choice, refusalAt } from './refusal-at.js';

const NOW = new Date('2026-01-15T22:00:00Z');
const LATER = new Date('2026-01-16T05:00:00Z');
const HERE = { guildId: '1', channelId: '10' };

const choice = (guildId: string, channelId: string, isAllowed: boolean, until: Date | null = null): Choice => ({
  guildId,
  channelId,
  isAllowed,
  until,
});

describe('refusalAt', () => {
  it.each<[string, Choice[], ReturnType<typeof refusalAt>]>([
    ['who has said nothing wants it', [], null],
    ['a server that is off', [choice('1', '', false)], 'not_allowed_here'],
    ['another server that is off', [choice('2', '', false)], null],
    ['a channel that is off', [choice('1', '10', false)], 'not_allowed_here'],
    ['another channel that is off', [choice('1', '11', false)], null],
    ['a channel that is on in a server that is off', [choice('1', '', false), choice('1', '10', true)], null],
    ['not tonight, whatever else is on', [choice('', '', false, LATER), choice('1', '10', true)], 'not_tonight'],
    ['a night that is over', [choice('', '', false, NOW)], null],
  ])('%s', (_, choices, refusal) => {
    expect(refusalAt(choices, HERE, NOW)).toBe(refusal);
  });
});
