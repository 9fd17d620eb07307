import { Injectable, type PipeTransform } from '@nestjs/common';

import { DomainError } from '../../../common/errors/domain-error.js';

const DECIMAL = /^[1-9]\d{0,19}$/;
const LARGEST = 2n ** 64n - 1n;

export class InvalidSnowflakeError extends DomainError {
  readonly code = 'invalid_snowflake';
  readonly kind = 'invalid';

  constructor() {
    super('A Discord user id is a whole number of up to 20 digits, sent as text, such as "80351110224678912".');
  }
}

/**
 * Whether it is an id of Discord's: 64 bits in decimal, in their one spelling.
 * @see https://discord.com/developers/docs/reference#snowflakes
 */
export function isSnowflake(text: string): boolean {
  return DECIMAL.test(text) && BigInt(text) <= LARGEST;
}

/** A Discord id in a path. @throws InvalidSnowflakeError */
@Injectable()
export class SnowflakePipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isSnowflake(value)) {
      throw new InvalidSnowflakeError();
    }
    return value;
  }
}
