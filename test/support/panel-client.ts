import type { UserId } from '../../src/common/ids.js';
import { Roles, type UserRole } from '../../src/modules/auth/index.js';
import type { TestUser } from '../factories/factory.js';
import { Authenticator } from './authenticator.js';
import type { TestApp } from './test-app.js';
import type { TestClient, TestResponse } from './test-client.js';

/** Somebody with the administration panel open, or who would like to. */
export class PanelClient {
  private constructor(
    private readonly origin: string,
    readonly browser: TestClient,
    readonly user: TestUser | null,
  ) {}

  static visitor(app: TestApp): PanelClient {
    return new PanelClient(app.origin, app.browser(), null);
  }

  static async of(app: TestApp, role: UserRole): Promise<PanelClient & { user: TestUser }> {
    const user = await app.create.user({ displayName: `The ${role}` });
    await app.get(Roles).change(user.id as UserId, role);
    await Authenticator.setUp(app, user);
    return new PanelClient(app.origin, user.browser, user) as PanelClient & { user: TestUser };
  }

  /** As a browser opens it. */
  page(address = ''): Promise<TestResponse> {
    return this.browser.with({ accept: 'text/html' }).get(`${this.origin}/admin${address}`);
  }

  list(table: string, query = ''): Promise<TestResponse> {
    return this.browser.get(`${this.origin}/admin/api/resources/${table}/actions/list${query}`);
  }

  /** Without a row: on the whole table. */
  read(table: string, action: string, row?: string): Promise<TestResponse> {
    return this.browser.get(this.address(table, action, row));
  }

  do(table: string, action: string, row?: string, input: object = {}): Promise<TestResponse> {
    return this.browser.post(this.address(table, action, row), input);
  }

  api(address: string): Promise<TestResponse> {
    return this.browser.get(`${this.origin}/admin/api/${address}`);
  }

  address(table: string, action: string, row?: string): string {
    const place = row === undefined ? `actions/${action}` : `records/${row}/${action}`;
    return `${this.origin}/admin/api/resources/${table}/${place}`;
  }
}
