import { type ActionContext, type ActionRequest, AdminJS, type BaseRecord, type ResourceWithOptions } from 'adminjs';
import { ZodValidationException } from 'nestjs-zod';
import type { DataSource } from 'typeorm';

import type { UserId } from '../../src/common/ids.js';
import type { Figures } from '../dashboard/figures.js';
import type { PanelAction, PanelRole, PanelTable } from '../tables/panel-table.js';
import { TableReader } from '../tables/table-reader.js';
import { NoDatabase, TableResource } from './table-resource.js';

AdminJS.registerAdapter({ Database: NoDatabase, Resource: TableResource });

/** Who has the panel open. */
export interface PanelUser {
  id: UserId;
  email: string;
  title: PanelRole;
}

/** Its own greys are too pale for small text. */
const LEGIBLE = { grey60: '#5a5d6b', grey40: '#6b7280' };
const OFF = { isAccessible: false, isVisible: false };
/** What AdminJS would write itself, past every rule. */
const WITHOUT_ITS_OWN = { new: OFF, edit: OFF, delete: OFF, bulkDelete: OFF };

export function createPanel(tables: readonly PanelTable[], dataSource: DataSource, figures: Figures): AdminJS {
  return new AdminJS({
    rootPath: '/admin',
    loginPath: '/sign-in',
    logoutPath: '/',
    branding: {
      companyName: 'Universal Scrobbler',
      withMadeWithLove: false,
      logo: false,
      favicon: '/icon.svg',
      theme: { colors: LEGIBLE },
    },
    settings: { defaultPerPage: 20 },
    locale: { language: 'en', availableLanguages: ['en'], translations: { en: words(tables) } },
    dashboard: { component: 'PanelDashboard', handler: () => figures.read() },
    resources: tables.map((table) => resourceOf(table, new TableReader(dataSource, table))),
  });
}

/** Whether this role opens what is for that one. */
export function isAllowed(role: PanelRole | undefined, needed: PanelRole): boolean {
  return role === 'admin' || role === needed;
}

function resourceOf(table: PanelTable, reader: TableReader): ResourceWithOptions {
  const names = Object.keys(table.columns);
  const isAccessible = ({ currentAdmin }: ActionContext): boolean => isAllowed(roleOf(currentAdmin), table.role);
  const readable = { isAccessible, showInDrawer: false };
  return {
    resource: reader,
    options: {
      id: table.id,
      navigation: { name: table.group, icon: groupIcon(table.group) },
      sort: { sortBy: table.order, direction: 'desc' },
      listProperties: names.filter((name) => table.columns[name]?.isListed),
      showProperties: names,
      filterProperties: names.filter((name) => table.columns[name]?.isSearched),
      titleProperty: table.title,
      actions: {
        ...WITHOUT_ITS_OWN,
        list: { ...readable, isVisible: isAccessible },
        show: readable,
        search: readable,
        ...Object.fromEntries(table.actions.map((each) => [each.name, actionOf(each)])),
      },
    },
  };
}

function actionOf(definition: PanelAction): object {
  const { icon, role, on, about, fields, isOffered } = definition;
  const isOnRow = on === 'row';
  return {
    actionType: isOnRow ? 'record' : 'resource',
    icon,
    component: 'PanelActionForm',
    showInDrawer: true,
    custom: { about, fields },
    isAccessible: ({ currentAdmin }: ActionContext) => isAllowed(roleOf(currentAdmin), role),
    isVisible: ({ currentAdmin, record }: ActionContext) =>
      isAllowed(roleOf(currentAdmin), role) && (!record || (isOffered?.(record.params) ?? true)),
    handler: async ({ method, payload }: ActionRequest, _response: unknown, context: ActionContext) => {
      const { record, currentAdmin, resource } = context;
      const answer = (of: BaseRecord | null | undefined) => (isOnRow ? { record: of?.toJSON(currentAdmin) } : {});
      if (method !== 'post') {
        return answer(record);
      }
      const said = await perform(definition, { payload, record, by: currentAdmin?.id as UserId });
      const after = record && (await resource.findOne(record.id(), context));
      const redirectUrl = record && context.h.recordActionUrl({ ...idsOf(record), actionName: 'show' });
      return { ...answer(after ?? record), said, redirectUrl, notice: { message: said, type: 'success' } };
    },
  };
}

async function perform(
  { input, run }: PanelAction,
  { payload, record, by }: { payload: unknown; record: BaseRecord | undefined; by: UserId },
): Promise<string> {
  const given = input.safeParse(payload ?? {});
  if (!given.success) {
    throw new ZodValidationException(given.error);
  }
  return run({ by, id: record?.id() ?? '', row: record?.params ?? {}, input: given.data });
}

function idsOf(record: BaseRecord): { resourceId: string; recordId: string } {
  return { resourceId: record.resource.id(), recordId: record.id() };
}

function roleOf(currentAdmin: ActionContext['currentAdmin']): PanelRole | undefined {
  return currentAdmin?.title as PanelRole | undefined;
}

function groupIcon(group: string): string {
  return { People: 'Users', Scrobbling: 'Music' }[group] ?? 'Settings';
}

/** What everything is called on screen. */
function words(tables: readonly PanelTable[]): object {
  const entries = <Value>(of: (table: PanelTable) => Value): Record<string, Value> =>
    Object.fromEntries(tables.map((table) => [table.id, of(table)]));
  return {
    labels: entries(({ label }) => label),
    buttons: { logout: 'Back to the dashboard' },
    resources: entries(({ label, narrowed, columns, actions }) => ({
      properties: Object.fromEntries(Object.entries(columns).map(([name, { label }]) => [name, label])),
      actions: {
        list: narrowed?.label ?? label,
        show: 'Open',
        ...Object.fromEntries(actions.map(({ name, label }) => [name, label])),
      },
    })),
  };
}
