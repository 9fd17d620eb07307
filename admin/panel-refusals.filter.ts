import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { DomainError } from '../src/common/errors/domain-error.js';
import { ProblemDetailsFilter } from '../src/common/http/problem-details.filter.js';
import { LoginEndedError, NotSignedInError, SecondFactorRequiredError } from '../src/modules/auth/index.js';

/** Tells people who open a page of the panel in their browser what its API tells programs. */
@Catch(DomainError)
export class PanelRefusals implements ExceptionFilter {
  private readonly others = new ProblemDetailsFilter();

  catch(error: DomainError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (!isForPerson(request)) {
      this.others.catch(error, host);
    } else if (error instanceof NotSignedInError || error instanceof LoginEndedError) {
      void reply.redirect(`/sign-in?${new URLSearchParams({ next: request.url }).toString()}`, 302);
    } else {
      void reply
        .code(error.kind === 'not-found' ? 404 : 403)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(refusal(titleOf(error), error));
    }
  }
}

function isForPerson({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/admin/api/') && (headers.accept?.includes('text/html') ?? false);
}

function titleOf(error: DomainError): string {
  if (error instanceof SecondFactorRequiredError) {
    return 'One more step';
  }
  return error.kind === 'not-found' ? 'There is nothing here' : 'This page is not for you';
}

function refusal(title: string, error: DomainError): string {
  const way =
    error instanceof SecondFactorRequiredError
      ? '<a href="/settings/security">Set up a second factor</a>'
      : '<a href="/">Back to the dashboard</a>';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Universal Scrobbler</title>
    <link rel="icon" href="/icon.svg">
    <style>
      :root { color-scheme: light dark; }
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem; }
      h1 { font-size: 1.5rem; }
    </style>
  </head>
  <body>
    <main><h1>${title}</h1><p>${error.message}</p><p>${way}</p></main>
  </body>
</html>`;
}
