import { type CallHandler, type ExecutionContext, Injectable, Logger, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type AutocompleteInteraction, MessageFlags, type RepliableInteraction } from 'discord.js';
import { lastValueFrom, type Observable, of } from 'rxjs';

import { DomainError } from '../../../common/errors/domain-error.js';
import { PublicAnswer } from './public-answer.decorator.js';
import { refusalOf } from './refusal.js';
import type { Reply } from './reply.js';

/** Discord gives up on us after three seconds; the way there and back is part of them. */
const DEFER_AFTER_MS = 1_000;

/**
 * Sends what a command returns, or words what it throws. When that takes longer, Discord is told in time that an answer will
 * come. Nothing gets past it: an error here would end the process.
 */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  private readonly logger = new Logger(AnswerInterceptor.name);

  constructor(private readonly reflector: Reflector) {}

  async intercept(context: ExecutionContext, next: CallHandler<Reply>): Promise<Observable<void>> {
    const [interaction] = context.getArgByIndex<[RepliableInteraction | AutocompleteInteraction]>(0);
    const isPublic = (this.reflector.get(PublicAnswer, context.getHandler()) as true | undefined) ?? false;
    try {
      if (interaction.isAutocomplete()) {
        await lastValueFrom(next.handle());
      } else {
        await this.answer(interaction, isPublic, () => lastValueFrom(next.handle()));
      }
    } catch (error) {
      this.logger.warn(`An answer did not reach Discord: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    return of(undefined);
  }

  private async answer(
    interaction: RepliableInteraction,
    isPublic: boolean,
    work: () => Promise<Reply>,
  ): Promise<void> {
    const flags = isPublic ? undefined : MessageFlags.Ephemeral;
    let deferral: Promise<unknown> | undefined;
    const timer = setTimeout(() => {
      deferral = interaction.deferReply({ ...(flags && { flags }) });
      deferral.catch(() => undefined);
    }, DEFER_AFTER_MS);
    try {
      const reply = await work();
      clearTimeout(timer);
      await deferral;
      await (deferral ? interaction.editReply(reply) : interaction.reply({ ...reply, ...(flags && { flags }) }));
    } catch (error) {
      clearTimeout(timer);
      await deferral;
      await this.refuse(interaction, error, isPublic);
    }
  }

  /** Only the person who asked sees it; a public "is thinking" is taken away. */
  private async refuse(interaction: RepliableInteraction, error: unknown, isPublic: boolean): Promise<void> {
    if (!(error instanceof DomainError)) {
      this.logger.error(error);
    }
    const refusal = refusalOf(error);
    if (!interaction.deferred) {
      await interaction.reply({ ...refusal, flags: MessageFlags.Ephemeral });
      return;
    }
    if (!isPublic) {
      await interaction.editReply(refusal);
      return;
    }
    await interaction.deleteReply();
    await interaction.followUp({ ...refusal, flags: MessageFlags.Ephemeral });
  }
}
