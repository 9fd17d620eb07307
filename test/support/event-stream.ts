const DEADLINE_MS = 5_000;

export interface ReceivedEvent {
  id: string;
  kind: string;
  data: Record<string, unknown>;
}

/** Listens to `/events` as a browser does, over a real connection. */
export class EventStream {
  private readonly received: ReceivedEvent[] = [];
  private arrived: () => void = () => undefined;
  private text = '';
  /** True once the server has ended the stream in good order, false once it broke. */
  readonly ended: Promise<boolean>;

  private constructor(
    body: AsyncIterable<Uint8Array>,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read(body).then(
      () => true,
      () => false,
    );
  }

  /**
   * Resolves when the stream has begun.
   * @param credentials the headers that say who listens
   * @param lastEventId resumes behind this event, as a browser does that lost its connection
   */
  static async open(
    origin: string,
    credentials: Record<string, string>,
    lastEventId: string | null = null,
  ): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(`${origin}/api/events`, {
      signal: abort.signal,
      headers: { ...credentials, ...(lastEventId !== null && { 'last-event-id': lastEventId }) },
    });
    if (response.status !== 200 || !response.body) {
      throw new Error(`The stream did not begin: ${response.status} ${await response.text()}`);
    }
    return new EventStream(response.body, abort);
  }

  /** The next event, in order. @throws when none comes */
  async next(): Promise<ReceivedEvent> {
    const until = performance.now() + DEADLINE_MS;
    for (;;) {
      const event = this.received.shift();
      if (event) {
        return event;
      }
      const left = until - performance.now();
      if (left <= 0) {
        throw new Error('No event came in time.');
      }
      await this.somethingArrives(left);
    }
  }

  /** The events up to the first of that kind. */
  async until(kind: string): Promise<ReceivedEvent[]> {
    const events: ReceivedEvent[] = [];
    do {
      events.push(await this.next());
    } while (events.at(-1)?.kind !== kind);
    return events;
  }

  close(): void {
    this.abort.abort();
  }

  private async somethingArrives(withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.arrived = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async read(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      this.text += decoder.decode(chunk, { stream: true });
      const blocks = this.text.split('\n\n');
      this.text = blocks.pop() ?? '';
      this.received.push(...blocks.filter((block) => block.trim() !== '').map((block) => parse(block)));
      this.arrived();
    }
  }
}

function parse(block: string): ReceivedEvent {
  const fields = new Map(
    block
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const),
  );
  return {
    id: fields.get('id') ?? '',
    kind: fields.get('event') ?? '',
    data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>,
  };
}
