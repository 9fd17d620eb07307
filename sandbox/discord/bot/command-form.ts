import { z } from 'zod';

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;
const MOST_OPTIONS = 25;

const name = z
  .string()
  .regex(NAME)
  .refine((text) => text === text.toLowerCase(), 'must be in lower case');
const description = z.string().min(1).max(100);

export const OPTION = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8 };

const choice = z.object({
  name: z.string().min(1).max(100),
  value: z.union([z.string().max(100), z.number()]),
});
export type Choice = z.output<typeof choice>;

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean | undefined;
  autocomplete?: boolean | undefined;
  choices?: Choice[] | undefined;
  min_value?: number | undefined;
  max_value?: number | undefined;
  min_length?: number | undefined;
  max_length?: number | undefined;
  channel_types?: number[] | undefined;
  options?: CommandOption[] | undefined;
}

const option: z.ZodType<CommandOption> = z.lazy(() =>
  z
    .object({
      type: z.int().min(1).max(11),
      name,
      description,
      required: z.boolean().optional(),
      autocomplete: z.boolean().optional(),
      choices: z.array(choice).max(25).optional(),
      min_value: z.number().optional(),
      max_value: z.number().optional(),
      min_length: z.int().min(0).max(6000).optional(),
      max_length: z.int().min(1).max(6000).optional(),
      channel_types: z.array(z.int()).optional(),
      options: z.array(option).max(MOST_OPTIONS).optional(),
    })
    .refine(({ autocomplete, choices }) => autocomplete !== true || !choices?.length, 'choices or autocomplete')
    .refine(({ options }) => hasGoodOrder(options), 'required options come first')
    .refine(({ options }) => hasUniqueNames(options), 'names must be unique'),
);

const command = z
  .object({
    type: z.literal(1).optional(),
    name,
    description,
    options: z.array(option).max(MOST_OPTIONS).optional(),
    default_member_permissions: z.string().regex(/^\d+$/).nullish(),
    contexts: z.array(z.int().min(0).max(2)).nullish(),
    dm_permission: z.boolean().nullish(),
  })
  .refine(({ options }) => hasGoodOrder(options), 'required options come first')
  .refine(({ options }) => hasUniqueNames(options), 'names must be unique')
  .refine(({ options }) => !mixesSubcommands(options), 'subcommands and other options do not mix');

export type Command = z.output<typeof command>;

/** What a bulk overwrite takes. @see https://discord.com/developers/docs/interactions/application-commands */
export const commandsForm = z
  .array(command)
  .max(100)
  .refine((commands) => hasUniqueNames(commands), 'names must be unique');

function hasGoodOrder(options: readonly CommandOption[] = []): boolean {
  const firstOptional = options.findIndex(({ required }) => required !== true);
  return firstOptional < 0 || !options.slice(firstOptional).some(({ required }) => required === true);
}

function hasUniqueNames(named: ReadonlyArray<{ name: string }> = []): boolean {
  return new Set(named.map((each) => each.name)).size === named.length;
}

function mixesSubcommands(options: readonly CommandOption[] = []): boolean {
  const nested = options.filter(({ type }) => type <= OPTION.group).length;
  return nested > 0 && nested < options.length;
}
