import { Injectable } from '@nestjs/common';

import { DiscordAccounts, OWN_PLAYER, Playbacks, VoiceDecisions } from '../../voice/index.js';
import { TrackOverError } from '../music/music.errors.js';

/** "Don't scrobble this for me." */
@Injectable()
export class Declines {
  constructor(
    private readonly accounts: DiscordAccounts,
    private readonly playbacks: Playbacks,
    private readonly decisions: VoiceDecisions,
  ) {}

  /** @throws LastfmAccountNotLinkedError, TrackOverError, AlreadyDecidedError, PlaybackNotFoundError */
  async decline(discordUserId: string, guildId: string): Promise<void> {
    const userId = await this.accounts.requireUserId(discordUserId);
    const open = await this.playbacks.findOpen(OWN_PLAYER);
    const playback = open.findLast((each) => each.guildId === guildId);
    if (!playback) {
      throw new TrackOverError();
    }
    await this.decisions.decline(userId, playback.id);
  }
}
