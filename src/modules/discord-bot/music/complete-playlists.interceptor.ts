import { Injectable } from '@nestjs/common';
import { AutocompleteInterceptor } from 'necord';

import { PlaylistsService } from '../../playlists/index.js';
import { DiscordAccounts } from '../../voice/index.js';

const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

type Typing = Parameters<AutocompleteInterceptor['transformOptions']>[0];

/** Offers a person's own playlists while they type. */
@Injectable()
export class CompletePlaylists extends AutocompleteInterceptor {
  constructor(
    private readonly accounts: DiscordAccounts,
    private readonly playlists: PlaylistsService,
  ) {
    super();
  }

  override async transformOptions(interaction: Typing): Promise<void> {
    const typed = interaction.options.getFocused();
    const userId = await this.accounts.requireUserId(interaction.user.id).catch(() => null);
    const { items } = userId
      ? await this.playlists.list(userId, { limit: MOST_CHOICES, offset: 0, q: typed || undefined })
      : { items: [] };
    await interaction.respond(items.map(({ id, title }) => ({ name: title.slice(0, LONGEST_CHOICE), value: id })));
  }
}
