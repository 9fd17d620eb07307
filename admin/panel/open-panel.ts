import { ApiController, type AdminJS } from 'adminjs';
import type { DataSource } from 'typeorm';

import type { Clock } from '../../src/common/clock.js';
import { Figures } from '../dashboard/figures.js';
import { panelTables } from '../tables/panel-tables.js';
import type { Services } from '../tables/services.js';
import { createPanel, isAllowed, type PanelUser } from './create-panel.js';
import { renderPage } from './page.js';
import type { PanelRole } from '../tables/panel-table.js';

/** A request to the panel's API. */
export interface PanelRequest {
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, unknown>>;
  method: 'get' | 'post';
  payload: unknown;
}

/** The panel, loaded. Everything that imports AdminJS is behind this file. */
export class OpenPanel {
  private constructor(
    private readonly admin: AdminJS,
    private readonly roles: ReadonlyMap<string, PanelRole>,
  ) {}

  static of(services: Services, dataSource: DataSource, clock: Clock): OpenPanel {
    const tables = panelTables(services);
    const roles = tables.flatMap(({ id, role, actions }): Array<[string, PanelRole]> => [
      ...['list', 'show', 'search'].map((name): [string, PanelRole] => [`${id} ${name}`, role]),
      ...actions.map((action): [string, PanelRole] => [`${id} ${action.name}`, action.role]),
    ]);
    return new OpenPanel(createPanel(tables, dataSource, new Figures(dataSource, clock)), new Map(roles));
  }

  /** Who may do this; undefined: there is no such thing. */
  roleFor(table: string, action: string): PanelRole | undefined {
    return this.roles.get(`${table} ${action}`);
  }

  mayDo(user: PanelUser, needed: PanelRole): boolean {
    return isAllowed(user.title, needed);
  }

  page(user: PanelUser): Promise<string> {
    return renderPage(this.admin, user);
  }

  dashboard(user: PanelUser, request: PanelRequest): Promise<unknown> {
    return this.api(user).dashboard(request, null);
  }

  onTable(user: PanelUser, request: PanelRequest): Promise<unknown> {
    return this.api(user).resourceAction(request as never, null);
  }

  onRow(user: PanelUser, request: PanelRequest): Promise<unknown> {
    return this.api(user).recordAction(request as never, null);
  }

  private api(user: PanelUser): ApiController {
    return new ApiController({ admin: this.admin }, user);
  }
}
