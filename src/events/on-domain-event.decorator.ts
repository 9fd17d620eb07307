import { OnEvent } from '@nestjs/event-emitter';

import type { EventCatalogue, EventName } from './event-catalogue.js';

/** `@OnEvent` with the payload checked against the catalogue: a wrong parameter type does not compile. */
export function OnDomainEvent<Name extends EventName>(name: Name) {
  return <Listener extends (payload: EventCatalogue[Name]) => Promise<void>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Listener>,
  ): void => {
    OnEvent(name)(target, key, descriptor);
  };
}
