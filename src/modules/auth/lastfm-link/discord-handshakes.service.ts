import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { LastfmHandshakesService, type StartedHandshake } from '../../lastfm/index.js';
import { Identities } from '../identities/identities.service.js';
import { InvalidSnowflakeError, isSnowflake } from '../identities/snowflake.js';

/** Links Last.fm accounts of people a bot knows by their Discord id, and nobody else need know of yet. */
@Injectable()
export class DiscordHandshakes {
  constructor(
    private readonly handshakes: LastfmHandshakesService,
    private readonly identities: Identities,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Starts a handshake for the user with this Discord identity, who comes into being now if there is none.
   * @param name what they are called on Discord; the page that asks for a yes shows it beside the id
   * @throws InvalidSnowflakeError
   */
  async start(discordUserId: string, name: string | undefined): Promise<StartedHandshake & { userId: UserId }> {
    if (!isSnowflake(discordUserId)) {
      throw new InvalidSnowflakeError();
    }
    const identity = {
      kind: 'discord' as const,
      subject: discordUserId,
      name: name ?? `Discord user ${discordUserId}`,
      pictureUrl: null,
    };
    const { userId } = await this.unitOfWork.run(({ manager }) => this.identities.findOrRegister(manager, identity));
    return { userId, ...(await this.handshakes.start(userId)) };
  }

  /** Who the user is on Discord, or null. */
  async findPerson(userId: UserId): Promise<{ id: string; name: string } | null> {
    const identity = await this.identities.findOf(this.dataSource.manager, userId, 'discord');
    return identity && { id: identity.subject, name: identity.name };
  }
}
