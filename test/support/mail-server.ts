import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came, its lines joined again. */
  text: string;
}

/** A mail server on this machine: it takes every mail and delivers none. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** The text of what it did not take. */
  readonly refused: string[] = [];
  private refuses = 0;
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = unfolded(Buffer.concat(chunks).toString());
        if (this.refuses > 0) {
          this.refuses -= 1;
          this.refused.push(text);
          // As servers do that repeat what they were sent.
          done(Object.assign(new Error(`Not now: ${text.replaceAll(/\s+/g, ' ')}`), { responseCode: 451 }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        this.received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text,
        });
        done();
      });
    },
  });

  static async start(): Promise<MailServer> {
    const mails = new MailServer();
    const listening = once(mails.server.server, 'listening');
    mails.server.listen(0, '127.0.0.1');
    await listening;
    return mails;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  refuseNext(): void {
    this.refuses += 1;
  }

  reset(): void {
    this.received.length = 0;
    this.refused.length = 0;
    this.refuses = 0;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }
}

/** Long lines travel broken, with "=" for what is not plain (quoted-printable). */
function unfolded(text: string): string {
  return text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
