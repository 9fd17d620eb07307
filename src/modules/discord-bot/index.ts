export { DiscordBotModule } from './discord-bot.module.js';
