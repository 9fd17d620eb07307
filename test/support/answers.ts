interface Answer {
  /** As in `POST /me/tokens`, without ids and queries. */
  to: string;
  text: string;
}

/** Keeps everything that the application answers to this process, headers included, for a test to search. */
export class Answers {
  readonly all: Answer[] = [];
  private readonly fetch = globalThis.fetch;

  record(origin: string): void {
    globalThis.fetch = async (input, init) => {
      const response = await this.fetch(input, init);
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin === origin && !response.headers.get('content-type')?.startsWith('text/event-stream')) {
        const to = `${init?.method ?? 'GET'} ${url.pathname.replace('/api', '').replaceAll(/[0-9a-f-]{36}/g, ':id')}`;
        const headers = [...response.headers].map((header) => header.join(': ')).join('\n');
        this.all.push({ to, text: `${headers}\n${await response.clone().text()}` });
      }
      return response;
    };
  }

  stop(): void {
    globalThis.fetch = this.fetch;
  }
}
