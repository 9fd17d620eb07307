import { Global, Module } from '@nestjs/common';

import { AuditTrail } from './audit/audit-trail.js';
import { Clock } from './clock.js';
import { KeyRotation } from './crypto/key-rotation.service.js';
import { UserDataRegistry } from './user-data/user-data-registry.js';

@Global()
@Module({
  providers: [AuditTrail, Clock, KeyRotation, UserDataRegistry],
  exports: [AuditTrail, Clock, KeyRotation, UserDataRegistry],
})
export class CommonModule {}
