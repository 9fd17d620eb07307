import { Injectable, Logger } from '@nestjs/common';

import type { GrantedAccess } from '../accounts/lastfm-accounts.service.js';
import { LastfmCallError } from '../api/lastfm-call-error.js';
import { LastfmClient } from '../api/lastfm-client.js';
import { CallBudget } from '../call-budget/call-budget.service.js';
import { LastfmAccessDeniedError, LastfmUnavailableError } from '../lastfm.errors.js';

/** Not issued, not approved, expired: the person has to go to Last.fm again. */
const TOKEN_CODES = new Set([4, 14, 15]);

/** Trades an approved token for access, in words a person understands when it fails. */
@Injectable()
export class LastfmAccessGrants {
  private readonly logger = new Logger(LastfmAccessGrants.name);

  constructor(
    private readonly client: LastfmClient,
    private readonly callBudget: CallBudget,
  ) {}

  /** @throws LastfmAccessDeniedError, LastfmUnavailableError */
  async exchange(token: string): Promise<GrantedAccess> {
    try {
      return await this.client.getSession(await this.callBudget.acquire(), token);
    } catch (error) {
      if (!(error instanceof LastfmCallError)) {
        throw error;
      }
      this.logger.warn(`auth.getSession: ${error.message}`);
      throw error.code !== null && TOKEN_CODES.has(error.code)
        ? new LastfmAccessDeniedError()
        : new LastfmUnavailableError();
    }
  }
}
