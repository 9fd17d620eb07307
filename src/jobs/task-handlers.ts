import { Injectable } from '@nestjs/common';

import type { TaskCatalogue, TaskName } from './task-catalogue.js';

type Handler<Name extends TaskName> = (payload: TaskCatalogue[Name]) => Promise<void>;

/** Who does which task. Modules register in `onModuleInit`; a handler may run twice, so it must not mind. */
@Injectable()
export class TaskHandlers {
  private readonly handlers = new Map<TaskName, Handler<never>>();

  register<Name extends TaskName>(task: Name, handler: Handler<Name>): void {
    if (this.handlers.has(task)) {
      throw new Error(`The task ${task} has a handler already.`);
    }
    this.handlers.set(task, handler);
  }

  entries(): Array<[TaskName, (payload: unknown) => Promise<void>]> {
    return [...this.handlers].map(([task, handler]) => [task, (payload) => handler(payload as never)]);
  }
}
