import { AUDIT_ACTIONS } from '../../src/common/audit/audit-action.js';
import type { PanelTable } from './panel-table.js';

export const auditTrailTable: PanelTable = {
  id: 'audit-trail',
  label: 'Audit trail',
  group: 'Operation',
  icon: 'Shield',
  role: 'moderator',
  from: 'audit_entry e',
  key: 'e.id::text',
  keyIs: 'uuid',
  byKey: 'e.id = $1::uuid',
  title: 'action',
  order: 'occurredAt',
  columns: {
    action: {
      label: 'What happened',
      sql: 'e.action',
      type: 'string',
      values: AUDIT_ACTIONS,
      isSearched: true,
      isListed: true,
    },
    userId: { label: 'To whom', sql: 'e.user_id', type: 'string', of: 'users', isSearched: true, isListed: true },
    actorId: { label: 'By whom', sql: 'e.actor_id', type: 'string', of: 'users', isSearched: true, isListed: true },
    details: {
      label: 'Details',
      sql: `(select string_agg(d.key || ': ' || d.value, ', ' order by d.key) from jsonb_each_text(e.details) d)`,
      type: 'string',
      isListed: true,
    },
    network: { label: 'Network', sql: 'e.network', type: 'string' },
    device: { label: 'Browser', sql: 'e.device', type: 'string' },
    occurredAt: { label: 'When', sql: 'e.occurred_at', type: 'datetime', isSearched: true, isListed: true },
  },
  actions: [],
};
