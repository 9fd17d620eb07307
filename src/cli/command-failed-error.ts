/** A command that could not do (all of) what it was asked; the message is for the operator and says what to do. */
export class CommandFailedError extends Error {}
