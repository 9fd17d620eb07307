import { type Choice, type Command, type CommandOption, OPTION } from '../bot/command-form.js';

type GivenOptions = Readonly<Record<string, string | number | boolean>>;

const NESTED: readonly number[] = [OPTION.subcommand, OPTION.group];

interface CalledOption {
  type: number;
  name: string;
  value?: string | number | boolean;
  focused?: boolean;
  options?: CalledOption[];
}

/**
 * What Discord's client makes of "/lastfm auth". It lets nobody send what the command does not take.
 * @param path the names after the command's own
 * @param focused the option that is being typed, for an autocompletion
 */
export function calledOptions(
  command: Pick<Command, 'name' | 'options'>,
  path: readonly string[],
  given: GivenOptions,
  focused?: string,
): CalledOption[] {
  const [next, ...rest] = path;
  const options = command.options ?? [];
  if (next !== undefined) {
    const nested = options.find(({ name, type }) => name === next && NESTED.includes(type));
    if (!nested) {
      throw new Error(`/${command.name} has no subcommand ${next}.`);
    }
    return [{ type: nested.type, name: nested.name, options: calledOptions(nested, rest, given, focused) }];
  }
  if (options.some(({ type }) => NESTED.includes(type))) {
    throw new Error(`/${command.name} needs a subcommand.`);
  }
  refuseUnknown(command.name, options, given);
  return options.flatMap((option) => called(option, given[option.name], focused));
}

function refuseUnknown(name: string, options: readonly CommandOption[], given: GivenOptions): void {
  const unknown = Object.keys(given).find((each) => !options.some((option) => option.name === each));
  if (unknown !== undefined) {
    throw new Error(`/${name} has no option ${unknown}.`);
  }
}

function called(option: CommandOption, value: GivenOptions[string] | undefined, focused?: string): CalledOption[] {
  if (value === undefined) {
    if (option.required === true && focused === undefined) {
      throw new Error(`The option ${option.name} is required.`);
    }
    return [];
  }
  const isFocused = option.name === focused;
  if (!isFocused) {
    requireFit(option, value);
  }
  return [{ type: option.type, name: option.name, value, ...(isFocused && { focused: true }) }];
}

function requireFit(option: CommandOption, value: GivenOptions[string]): void {
  const isListed = !option.choices?.length || option.choices.some((choice: Choice) => choice.value === value);
  if (!isListed || typeof value !== typeOf(option.type) || !isWithinBounds(option, value)) {
    throw new Error(`The option ${option.name} does not take ${String(value)}.`);
  }
}

function isWithinBounds(option: CommandOption, value: GivenOptions[string]): boolean {
  const isText = typeof value === 'string';
  const size = isText ? value.length : Number(value);
  const least = isText ? option.min_length : option.min_value;
  const most = isText ? option.max_length : option.max_value;
  return size >= (least ?? size) && size <= (most ?? size);
}

function typeOf(type: number): 'string' | 'number' | 'boolean' {
  if (type === OPTION.boolean) {
    return 'boolean';
  }
  return type === OPTION.integer || type === 10 ? 'number' : 'string';
}
