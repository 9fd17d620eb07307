import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { AUDIT_ACTIONS } from '../../../../common/audit/audit-action.js';
import type { AuditEntry } from '../../../../common/audit/audit-entry.entity.js';
import { pagingQuery } from '../../../../common/http/paging.js';

const securityEvent = z.object({
  id: z.uuid(),
  action: z.enum(AUDIT_ACTIONS),
  occurredAt: z.iso.datetime(),
  network: z.string().nullable().describe('The network it came from, not the full address'),
  device: z.string().nullable(),
  details: z.record(z.string(), z.string()),
});

export class SecurityEventListDto extends createZodDto(z.object({ items: z.array(securityEvent), total: z.int() })) {
  static of(entries: readonly AuditEntry[], total: number): SecurityEventListDto {
    const items = entries.map(({ id, action, occurredAt, network, device, details }) => ({
      id,
      action,
      occurredAt: occurredAt.toISOString(),
      network,
      device,
      details,
    }));
    return { items, total };
  }
}

export class SecurityEventQueryDto extends createZodDto(z.object(pagingQuery)) {}
