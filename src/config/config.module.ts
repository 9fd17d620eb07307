import { type DynamicModule, Global, Module } from '@nestjs/common';

import { KeyedHash } from '../common/crypto/keyed-hash.js';
import { SecretBox } from '../common/crypto/secret-box.js';
import { AppConfig } from './app-config.js';

@Global()
@Module({})
export class ConfigModule {
  static with(config: AppConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: KeyedHash, useValue: new KeyedHash(config.encryptionKeys) },
        { provide: SecretBox, useValue: new SecretBox(config.encryptionKeys) },
      ],
      exports: [AppConfig, KeyedHash, SecretBox],
    };
  }
}
