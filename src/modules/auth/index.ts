export { AuthModule } from './auth.module.js';
export { EmailTakenError } from './auth.errors.js';
export { Identities } from './identities/identities.service.js';
export { UsersService } from './users/users.service.js';
