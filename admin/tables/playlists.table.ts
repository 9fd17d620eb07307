import type { PanelTable } from './panel-table.js';

export const playlistsTable: PanelTable = {
  id: 'playlists',
  label: 'Playlists',
  group: 'Scrobbling',
  icon: 'List',
  role: 'moderator',
  from: 'playlist p',
  key: 'p.id::text',
  keyIs: 'uuid',
  byKey: 'p.id = $1::uuid',
  title: 'title',
  order: 'updatedAt',
  columns: {
    title: { label: 'Title', sql: 'p.title', type: 'string', isSearched: true, isListed: true },
    ownerId: { label: 'Owner', sql: 'p.owner_id', type: 'string', of: 'users', isSearched: true, isListed: true },
    visibility: {
      label: 'Visibility',
      sql: 'p.visibility',
      type: 'string',
      values: ['private', 'unlisted', 'public'],
      isSearched: true,
      isListed: true,
    },
    category: { label: 'Category', sql: 'p.category', type: 'string', isSearched: true },
    trackCount: { label: 'Tracks', sql: 'p.track_count', type: 'number', isListed: true },
    durationSeconds: { label: 'Seconds', sql: 'p.duration_seconds', type: 'number' },
    description: { label: 'Description', sql: 'p.description', type: 'string' },
    createdAt: { label: 'Made', sql: 'p.created_at', type: 'datetime' },
    updatedAt: { label: 'Changed', sql: 'p.updated_at', type: 'datetime', isListed: true },
  },
  actions: [],
};
