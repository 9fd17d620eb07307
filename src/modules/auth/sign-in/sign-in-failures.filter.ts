import { type ArgumentsHost, Catch } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { DomainError } from '../../../common/errors/domain-error.js';
import { ProblemDetailsFilter } from '../../../common/http/problem-details.filter.js';
import { AppConfig } from '../../../config/app-config.js';
import { SETTINGS_PAGE, SIGN_IN_PAGE } from './pages.js';
import { SignInNotConfiguredError } from './sign-in.errors.js';
import type { TravellingRequest } from './travelling-request.js';

/** A person sits in front of these addresses: what went wrong is said on a page of the dashboard, not in JSON. */
@Catch(DomainError)
export class SignInFailures extends ProblemDetailsFilter {
  constructor(private readonly config: AppConfig) {
    super();
  }

  override catch(error: DomainError, host: ArgumentsHost): void {
    if (error.kind === 'too-many' || error instanceof SignInNotConfiguredError) {
      super.catch(error, host);
      return;
    }
    const http = host.switchToHttp();
    const page = http.getRequest<TravellingRequest>().principal ? SETTINGS_PAGE : SIGN_IN_PAGE;
    void http.getResponse<FastifyReply>().redirect(`${this.config.publicUrl}${page}?error=${error.code}`, 302);
  }
}
