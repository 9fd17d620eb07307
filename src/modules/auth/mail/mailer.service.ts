import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';

import { AppConfig } from '../../../config/app-config.js';

const TIMEOUT_MS = 20_000;

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** What of a failed delivery may be known: what a mail server answers may repeat the mail, link and address included. */
class MailNotSentError extends Error {
  constructor({ code, responseCode, command }: { code?: string; responseCode?: number; command?: string }) {
    const what = [code, command, responseCode].filter((part) => part !== undefined).join(', ');
    super(`The mail server did not take a mail (${what || 'no reason given'}).`);
  }
}

/** Sends mail by the server of SMTP_URL. Never to be awaited inside a transaction. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter | null;

  constructor(private readonly config: AppConfig) {
    const { mail } = config;
    this.transport = mail
      ? createTransport({
          url: mail.smtpUrl,
          connectionTimeout: TIMEOUT_MS,
          greetingTimeout: TIMEOUT_MS,
          socketTimeout: TIMEOUT_MS,
          disableFileAccess: true,
          disableUrlAccess: true,
        })
      : null;
  }

  get isOn(): boolean {
    return this.transport !== null;
  }

  /** @throws MailNotSentError */
  async send(mail: Mail): Promise<void> {
    if (!this.transport || !this.config.mail) {
      throw new MailNotSentError({ code: 'SMTP_URL is not set' });
    }
    try {
      await this.transport.sendMail({ ...mail, from: this.config.mail.from });
    } catch (error) {
      throw new MailNotSentError(error as { code?: string; responseCode?: number; command?: string });
    }
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
