import type { World } from '../world/world.js';
import { saysEphemeral, type MessageFields } from './message-form.js';

/** A message of the bot's, as it stands now. */
export class Message {
  readonly id: string;
  isDeleted = false;
  private fields: MessageFields;

  constructor(
    private readonly world: World,
    readonly channelId: string,
    fields: MessageFields,
    readonly isEphemeral = saysEphemeral(fields),
  ) {
    this.id = world.ids.next();
    this.fields = fields;
  }

  edit(changes: MessageFields): void {
    const said = Object.entries(changes).filter(([, value]) => value !== undefined);
    this.fields = { ...this.fields, ...Object.fromEntries(said) };
  }

  get content(): string {
    return this.fields.content ?? '';
  }

  /** Content and embeds as one text, for whoever only reads. */
  get text(): string {
    const embeds = (this.fields.embeds ?? []).flatMap((embed) => [
      embed.author?.name,
      embed.title,
      embed.description,
      ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
      embed.footer?.text,
    ]);
    return [this.content, ...embeds].filter(Boolean).join('\n');
  }

  get buttons(): Array<{ label: string; customId: string | null; url: string | null; isDisabled: boolean }> {
    return (this.fields.components ?? [])
      .flatMap(({ components }) => components)
      .filter((component) => component.type === 2)
      .map((button) => ({
        label: ('label' in button ? button.label : undefined) ?? '',
        customId: button.custom_id ?? null,
        url: ('url' in button ? button.url : undefined) ?? null,
        isDisabled: button.disabled ?? false,
      }));
  }

  toJson(): object {
    return {
      id: this.id,
      type: 0,
      channel_id: this.channelId,
      author: this.world.bot,
      content: this.content,
      timestamp: '2026-01-01T00:00:00.000000+00:00',
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: this.fields.embeds ?? [],
      components: this.fields.components ?? [],
      pinned: false,
      flags: this.isEphemeral ? 64 : 0,
      application_id: this.world.applicationId,
    };
  }
}
