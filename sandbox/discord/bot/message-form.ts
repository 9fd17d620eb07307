import { z } from 'zod';

const EPHEMERAL = 1 << 6;
const LINK_BUTTON = 5;

const emoji = z.object({ name: z.string().nullish(), id: z.string().nullish(), animated: z.boolean().optional() });

const button = z
  .object({
    type: z.literal(2),
    style: z.int().min(1).max(5),
    label: z.string().max(80).optional(),
    emoji: emoji.optional(),
    custom_id: z.string().min(1).max(100).optional(),
    url: z
      .url({ protocol: /^(https?|discord)$/ })
      .max(512)
      .optional(),
    disabled: z.boolean().optional(),
  })
  .refine(({ label, emoji: picture }) => label !== undefined || picture !== undefined, 'needs a label or an emoji')
  .refine(
    ({ style, url, custom_id: id }) =>
      style === LINK_BUTTON ? url !== undefined && id === undefined : url === undefined && id !== undefined,
    'a link has a url, any other button a custom_id',
  );

const selectMenu = z.object({
  type: z.int().min(3).max(8),
  custom_id: z.string().min(1).max(100),
  placeholder: z.string().max(150).optional(),
  min_values: z.int().min(0).max(25).optional(),
  max_values: z.int().min(1).max(25).optional(),
  options: z
    .array(
      z.object({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().max(100).nullish(),
        default: z.boolean().optional(),
      }),
    )
    .max(25)
    .optional(),
  disabled: z.boolean().optional(),
});

const row = z
  .object({ type: z.literal(1), components: z.array(z.union([button, selectMenu])).min(1) })
  .refine(({ components }) => components.length <= 5 && (components[0]?.type === 2 || components.length === 1), {
    message: 'five buttons or one menu',
  });

const embed = z.object({
  title: z.string().max(256).nullish(),
  description: z.string().max(4096).nullish(),
  url: z.url().nullish(),
  color: z.int().nullish(),
  footer: z.object({ text: z.string().min(1).max(2048) }).nullish(),
  author: z.object({ name: z.string().min(1).max(256), url: z.url().nullish() }).nullish(),
  thumbnail: z.object({ url: z.url() }).nullish(),
  image: z.object({ url: z.url() }).nullish(),
  timestamp: z.string().nullish(),
  fields: z
    .array(
      z.object({
        name: z.string().min(1).max(256),
        value: z.string().min(1).max(1024),
        inline: z.boolean().optional(),
      }),
    )
    .max(25)
    .nullish(),
});

const idsOf = (components: ReadonlyArray<z.output<typeof row>>): string[] =>
  components.flatMap((each) => each.components.flatMap(({ custom_id: id }) => (id === undefined ? [] : [id])));

const fields = {
  content: z.string().max(2000).nullish(),
  embeds: z.array(embed).max(10).nullish(),
  components: z
    .array(row)
    .max(5)
    .refine((rows) => new Set(idsOf(rows)).size === idsOf(rows).length, 'custom ids must be unique')
    .nullish(),
  flags: z.int().nullish(),
  allowed_mentions: z
    .object({
      parse: z.array(z.enum(['roles', 'users', 'everyone'])).optional(),
      users: z.array(z.string()).max(100).optional(),
      roles: z.array(z.string()).max(100).optional(),
      replied_user: z.boolean().optional(),
    })
    .nullish(),
};

type Fields = z.output<z.ZodObject<typeof fields>>;

const hasBody = ({ content, embeds, components }: Fields): boolean =>
  Boolean(content) || Boolean(embeds?.length) || Boolean(components?.length);

/** A new message. @see https://discord.com/developers/docs/resources/message */
export const messageForm = z.object(fields).refine(hasBody, 'Cannot send an empty message');
/** Changes of one: what is not named stays. */
export const messageEditForm = z.object(fields);
export type MessageFields = Fields;

export const saysEphemeral = ({ flags }: { flags?: number | null | undefined }): boolean =>
  ((flags ?? 0) & EPHEMERAL) !== 0;

/** All that a deferral may say. */
export const deferralForm = z.object({ flags: z.union([z.literal(EPHEMERAL), z.literal(0)]).nullish() }).nullish();

export const choicesForm = z.object({
  choices: z
    .array(z.object({ name: z.string().min(1).max(100), value: z.union([z.string().min(1).max(100), z.number()]) }))
    .max(25),
});
