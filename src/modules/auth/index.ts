export { AuthModule } from './auth.module.js';
export { EmailTakenError } from './auth.errors.js';
export { Identities } from './identities/identities.service.js';
export { newPassword } from './passwords/dto/new-password.js';
export { PasswordResets } from './passwords/password-resets.service.js';
export { SecondFactors } from './second-factor/second-factors.service.js';
export { Roles } from './users/roles.service.js';
export { USER_ROLES, type UserRole } from './users/user.entity.js';
export { UsersService } from './users/users.service.js';
