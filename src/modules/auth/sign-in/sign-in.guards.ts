import { type CanActivate, type ExecutionContext, Injectable, type Type } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyReply } from 'fastify';

import type { VouchedKind } from '../identities/identity.entity.js';
import { SignInTrips } from './sign-in-trips.service.js';
import type { TravellingRequest } from './travelling-request.js';

/** Remembers the attempt; Passport then sends the browser away, and the handler of the route is never reached. */
export function departureTo(kind: VouchedKind): Type<CanActivate> {
  @Injectable()
  class Departure extends AuthGuard(kind) {
    constructor(private readonly trips: SignInTrips) {
      super();
    }

    override async canActivate(context: ExecutionContext): Promise<boolean> {
      const http = context.switchToHttp();
      await this.trips.depart(kind, http.getRequest<TravellingRequest>(), http.getResponse<FastifyReply>());
      return (await super.canActivate(context)) === true;
    }
  }
  return Departure;
}

/** Lets through who comes back from an attempt of this browser, once, and is vouched for. */
export function arrivalFrom(kind: VouchedKind): Type<CanActivate> {
  @Injectable()
  class Arrival extends AuthGuard(kind) {
    constructor(private readonly trips: SignInTrips) {
      super();
    }

    override async canActivate(context: ExecutionContext): Promise<boolean> {
      await this.trips.arrive(kind, context.switchToHttp().getRequest<TravellingRequest>());
      return (await super.canActivate(context)) === true;
    }
  }
  return Arrival;
}
