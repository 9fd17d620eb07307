export { DiscordAccounts } from './bot-api/discord-accounts.service.js';
export { GuildSettingsService } from './guilds/guild-settings.service.js';
export { OWN_PLAYER } from './playbacks/playback.entity.js';
export { Playbacks } from './playbacks/playbacks.service.js';
export { VoiceModule } from './voice.module.js';
