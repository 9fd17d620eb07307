import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { SpotifyAccounts } from '../../platforms/index.js';
import { SpotifyListening } from './spotify-listening.entity.js';

/** Who wants what they hear at Spotify scrobbled. Nobody does unless they say so. */
@Injectable()
export class SpotifyListenings {
  constructor(
    @InjectRepository(SpotifyListening) private readonly listenings: Repository<SpotifyListening>,
    private readonly accounts: SpotifyAccounts,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  find(userId: UserId): Promise<SpotifyListening | null> {
    return this.listenings.findOneBy({ userId });
  }

  /** Asking again changes nothing. @throws SpotifyNotConnectedError, SpotifyExpiredError when it is switched on */
  async switch(userId: UserId, isOn: boolean): Promise<SpotifyListening | null> {
    if (isOn) {
      await this.accounts.require(userId);
    }
    await this.unitOfWork.run(async (tx) => {
      if (isOn) {
        const wish = SpotifyListening.of(userId, this.clock.now());
        await tx.manager.createQueryBuilder().insert().into(SpotifyListening).values(wish).orIgnore().execute();
      } else {
        await tx.manager.delete(SpotifyListening, { userId });
      }
      await tx.updateLive(userId, { kind: 'platform-account' });
    });
    return this.find(userId);
  }
}
