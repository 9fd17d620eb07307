import { Reflector } from '@nestjs/core';

/** Everybody in the channel sees the answer. Without it only the person who asked does. */
export const PublicAnswer = Reflector.createDecorator<true>();
