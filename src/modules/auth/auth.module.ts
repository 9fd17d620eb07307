import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ThrottlerModule } from '@nestjs/throttler';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AuditEntry } from '../../common/audit/audit-entry.entity.js';
import { AppConfig } from '../../config/app-config.js';
import { LastfmModule } from '../lastfm/index.js';
import { AuthData } from './auth-data.js';
import { AuthController } from './auth.controller.js';
import { DataExportChunk } from './data-export/data-export-chunk.entity.js';
import { DataExportWriter } from './data-export/data-export-writer.service.js';
import { DataExport } from './data-export/data-export.entity.js';
import { DataExportsController } from './data-export/data-exports.controller.js';
import { DataExports } from './data-export/data-exports.service.js';
import { AccessGuard } from './guard/access.guard.js';
import { BotKey } from './bot-keys/bot-key.entity.js';
import { BotKeysController } from './bot-keys/bot-keys.controller.js';
import { BotKeys } from './bot-keys/bot-keys.service.js';
import { Identities } from './identities/identities.service.js';
import { IdentitiesController } from './identities/identities.controller.js';
import { UserIdentities } from './identities/user-identities.service.js';
import { Identity } from './identities/identity.entity.js';
import { PasswordIdentities } from './identities/password-identities.service.js';
import { DiscordHandshakes } from './lastfm-link/discord-handshakes.service.js';
import { LastfmAccountController } from './lastfm-link/lastfm-account.controller.js';
import { LastfmHandshakeController } from './lastfm-link/lastfm-handshake.controller.js';
import { BrowserBinding } from './login-sessions/browser-binding.js';
import { DisownedLogins } from './login-sessions/disowned-logins.service.js';
import { BrowserLogins } from './login-sessions/browser-logins.service.js';
import { LoginSession } from './login-sessions/login-session.entity.js';
import { LoginSessionsService } from './login-sessions/login-sessions.service.js';
import { LoginsController } from './login-sessions/logins.controller.js';
import { SignIns } from './login-sessions/sign-ins.service.js';
import { MergePreviews } from './merging/merge-previews.service.js';
import { UserMergeProposal } from './merging/user-merge.entity.js';
import { UserMergesController } from './merging/user-merges.controller.js';
import { UserMerges } from './merging/user-merges.service.js';
import { Notification } from './notifications/notification.entity.js';
import { UserModeration } from './moderation/user-moderation.service.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { NotificationsService } from './notifications/notifications.service.js';
import { TellOfScrobbles } from './notifications/tell-of-scrobbles.listener.js';
import { TellWhenLastfmAccountParked } from './notifications/tell-when-lastfm-account-parked.listener.js';
import { TellWhenLastfmAccountRejected } from './notifications/tell-when-lastfm-account-rejected.listener.js';
import { Mailer } from './mail/mailer.service.js';
import { ForgottenPasswordsController } from './passwords/forgotten-passwords.controller.js';
import { ForgottenPasswords } from './passwords/forgotten-passwords.service.js';
import { MailPasswordReset } from './passwords/mail-password-reset.task.js';
import { PasswordReset } from './passwords/password-reset.entity.js';
import { PasswordResets } from './passwords/password-resets.service.js';
import { PasswordChanges } from './passwords/password-changes.service.js';
import { PasswordsController } from './passwords/passwords.controller.js';
import { PurgeCredentials } from './purge-credentials.task.js';
import { LoginChallenge } from './second-factor/login-challenge.entity.js';
import { RecoveryCode } from './second-factor/recovery-code.entity.js';
import { SecondFactorCodes } from './second-factor/second-factor-codes.service.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactor } from './second-factor/second-factor.entity.js';
import { SecondFactors } from './second-factor/second-factors.service.js';
import { SecurityEventsController } from './security-events/security-events.controller.js';
import { SecurityEventsData } from './security-events/security-events-data.js';
import { AddressRateLimitGuard, CallerRateLimitGuard } from './rate-limits/rate-limit.guards.js';
import { rateLimits } from './rate-limits/rate-limits.js';
import { RateLimitsModule } from './rate-limits/rate-limits.module.js';
import { SharedWindows } from './rate-limits/shared-windows.js';
import { DiscordProvider } from './sign-in/providers/discord.provider.js';
import { LastfmProvider } from './sign-in/providers/lastfm.provider.js';
import { OidcProvider } from './sign-in/providers/oidc.provider.js';
import { SignInProviders } from './sign-in/providers/sign-in-providers.service.js';
import { SignInAttempt } from './sign-in/sign-in-attempt.entity.js';
import { ExpiredSignIns } from './sign-in/expired-sign-ins.js';
import { SignInAttempts } from './sign-in/sign-in-attempts.service.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInTrips } from './sign-in/sign-in-trips.service.js';
import { DiscordStrategy, LastfmStrategy, OidcStrategy } from './sign-in/strategies.js';
import { VouchedSignIns } from './sign-in/vouched-sign-ins.service.js';
import { ApiToken } from './tokens/api-token.entity.js';
import { ApiTokensController } from './tokens/api-tokens.controller.js';
import { ApiTokensService } from './tokens/api-tokens.service.js';
import { MeController } from './users/me.controller.js';
import { UserDeletion } from './users/user-deletion.service.js';
import { Roles } from './users/roles.service.js';
import { User } from './users/user.entity.js';
import { UsersService } from './users/users.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      User,
      Identity,
      SignInAttempt,
      LoginSession,
      LoginChallenge,
      SecondFactor,
      RecoveryCode,
      PasswordReset,
      ApiToken,
      BotKey,
      Notification,
      AuditEntry,
      UserMergeProposal,
      DataExport,
      DataExportChunk,
    ]),
    ThrottlerModule.forRootAsync({
      imports: [RateLimitsModule],
      inject: [AppConfig, SharedWindows],
      useFactory: rateLimits,
    }),
    PassportModule,
    LastfmModule,
  ],
  controllers: [
    AuthController,
    BotKeysController,
    MeController,
    ApiTokensController,
    NotificationsController,
    LastfmHandshakeController,
    LastfmAccountController,
    LoginsController,
    PasswordsController,
    ForgottenPasswordsController,
    SecondFactorController,
    SecurityEventsController,
    UserMergesController,
    DataExportsController,
    SignInController,
    IdentitiesController,
  ],
  providers: [
    // In this order.
    { provide: APP_GUARD, useClass: AddressRateLimitGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: CallerRateLimitGuard },
    ApiTokensService,
    AuthData,
    BotKeys,
    BrowserBinding,
    BrowserLogins,
    DataExports,
    DataExportWriter,
    DiscordHandshakes,
    DiscordProvider,
    DiscordStrategy,
    DisownedLogins,
    Identities,
    LastfmProvider,
    LastfmStrategy,
    UserDeletion,
    LoginSessionsService,
    NotificationsService,
    ForgottenPasswords,
    Mailer,
    MailPasswordReset,
    OidcProvider,
    OidcStrategy,
    PasswordChanges,
    PasswordResets,
    PasswordIdentities,
    PurgeCredentials,
    Roles,
    SecondFactorCodes,
    SecondFactors,
    SecurityEventsData,
    SignIns,
    ExpiredSignIns,
    SignInAttempts,
    SignInProviders,
    SignInTrips,
    TellOfScrobbles,
    TellWhenLastfmAccountParked,
    TellWhenLastfmAccountRejected,
    UserIdentities,
    UserModeration,
    UserMerges,
    MergePreviews,
    UsersService,
    VouchedSignIns,
  ],
  exports: [
    BotKeys,
    DiscordHandshakes,
    Identities,
    NotificationsService,
    PasswordResets,
    Roles,
    SecondFactors,
    UserModeration,
    UsersService,
  ],
})
export class AuthModule {}
