import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DataSource } from 'typeorm';

import { Clock } from '../src/common/clock.js';
import type { UserId } from '../src/common/ids.js';
import { UsersService } from '../src/modules/auth/index.js';
import type { PanelUser } from './panel/create-panel.js';
import type { OpenPanel } from './panel/open-panel.js';
import type { PanelRole } from './tables/panel-table.js';

/** Loads the panel when somebody first opens it: whoever does not, or has another role than `web`, does not pay for it. */
@Injectable()
export class Panel {
  private opening: Promise<OpenPanel> | undefined;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly users: UsersService,
  ) {}

  open(): Promise<OpenPanel> {
    this.opening ??= this.load();
    return this.opening;
  }

  async requireUser(userId: UserId): Promise<PanelUser> {
    const { displayName, role } = await this.users.require(userId);
    // AdminJS shows both beside the way out.
    return { id: userId, email: displayName, title: role as PanelRole };
  }

  private async load(): Promise<OpenPanel> {
    const { OpenPanel } = await import('./panel/open-panel.js');
    return OpenPanel.of((service) => this.moduleRef.get(service, { strict: false }), this.dataSource, this.clock);
  }
}
