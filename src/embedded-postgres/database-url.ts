/** The database and the role that owns it: one name for both, as PostgreSQL itself would choose. */
export const DATABASE_NAME = 'universal_scrobbler';

/** The password is hexadecimal and needs no escaping. */
export function databaseUrl(port: number, password: string, database = DATABASE_NAME): string {
  return `postgres://${DATABASE_NAME}:${password}@127.0.0.1:${port}/${database}`;
}
