import { setTimeout } from 'node:timers/promises';

import type { CallLog, SandboxCall } from '../call-log.js';
import type { Fault, Faults } from '../faults.js';
import { itemSuffixesOf } from '../methods/scrobble.method.js';
import type { ImposedVerdict } from '../methods/api-method.js';
import { ApiError } from '../protocol/api-error.js';
import { element } from '../protocol/element.js';
import type { FlatParameters } from '../protocol/flat-parameters.js';
import type { LastfmState } from '../state/lastfm-state.js';
import { AnswerWriter, htmlFailure, type Answer } from './answer.js';
import type { MethodDispatcher } from './method-dispatcher.js';

/** What becomes of the connection: a whole answer, half of one, or none. */
export type Reaction = { kind: 'answer' | 'cut'; answer: Answer } | { kind: 'disconnect' };

type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;
type SpoilingFault = Exclude<Fault, FaultOf<'stall' | 'ignore' | 'lag' | 'hook'>>;

interface Host {
  readonly state: LastfmState;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly dispatcher: MethodDispatcher;
  readonly now: () => Date;
}

interface Received {
  readonly params: FlatParameters;
  readonly isPost: boolean;
  /** Where this Last.fm was reached, for the addresses in its answers. */
  readonly origin: string;
}

interface Exchange extends Received {
  readonly writer: AnswerWriter;
  readonly logged: SandboxCall;
}

interface Imposed {
  readonly imposed?: ImposedVerdict | null;
  readonly lagSeconds?: number;
}

const SINGLE_TRACK_WRITES = new Set(['track.updatenowplaying', 'track.love', 'track.unlove']);

/** The API with whatever is to go wrong with it. */
export class FaultyApi {
  private readonly closing = new AbortController();

  constructor(private readonly host: Host) {}

  /** Ends every stall at once. */
  close(): void {
    this.closing.abort();
  }

  async react(received: Received): Promise<Reaction> {
    const { faults, log, now } = this.host;
    const { params } = received;
    const method = params.find('method')?.trim().toLowerCase() ?? '';
    const call = { at: now(), method, username: this.subjectOf(params), itemCount: itemCountOf(method, params) };
    const logged = log.begin(call);
    const exchange = { ...received, logged, writer: new AnswerWriter(params) };
    if (!faults.admit(call.at)) {
      return refuse(exchange, new ApiError(29));
    }
    const fault = faults.take(call);
    return fault ? this.meet(exchange, fault) : answered(this.accept(exchange));
  }

  private async meet(exchange: Exchange, fault: Fault): Promise<Reaction> {
    if (fault.kind === 'stall') {
      return this.stall(exchange, fault);
    }
    if (fault.kind === 'ignore') {
      return answered(this.accept(exchange, { imposed: fault }));
    }
    if (fault.kind === 'lag') {
      return answered(this.accept(exchange, { lagSeconds: fault.seconds }));
    }
    if (fault.kind === 'hook') {
      const answer = this.accept(exchange);
      await fault.run();
      return answered(answer);
    }
    return this.spoil(exchange, fault);
  }

  private spoil(exchange: Exchange, fault: SpoilingFault): Reaction {
    const isAccepting = 'accepting' in fault ? fault.accepting : fault.kind.endsWith('-after-accepting');
    const answer = isAccepting ? this.accept(exchange) : unrelatedAnswer(exchange);
    const { logged } = exchange;
    if (isAccepting && logged.outcome !== 'ok') {
      return answered(answer); // A call that Last.fm refuses anyhow: nothing was accepted that could be lost.
    }
    logged.outcome = fault.kind === 'error' ? fault.code : fault.kind;
    return reactionTo(fault, exchange, answer);
  }

  private async stall(exchange: Exchange, fault: FaultOf<'stall'>): Promise<Reaction> {
    const ended = setTimeout(fault.milliseconds, true, { signal: this.closing.signal });
    const isOver = await ended.catch(() => false);
    if (isOver && fault.accepting) {
      return answered(this.accept(exchange));
    }
    exchange.logged.outcome = fault.kind;
    return { kind: 'disconnect' };
  }

  private accept(exchange: Exchange, { imposed = null, lagSeconds = 0 }: Imposed = {}): Answer {
    const { params, isPost, origin, writer, logged } = exchange;
    const { state, dispatcher, now } = this.host;
    try {
      const call = { state, params, isPost, imposed, lagSeconds, origin, at: now() };
      const answer = writer.success(dispatcher.dispatch(call));
      logged.outcome = 'ok';
      return answer;
    } catch (error) {
      if (error instanceof ApiError) {
        logged.outcome = error.code;
        return writer.failure(error);
      }
      throw error;
    }
  }

  /** The user that a call is about, whether or not it will be allowed. */
  private subjectOf(params: FlatParameters): string | null {
    const { state } = this.host;
    const byKey = state.findSessionKey(params.find('sk') ?? '')?.username;
    const byToken = state.findToken(params.find('token') ?? '')?.username;
    return byKey ?? byToken ?? params.find('user') ?? params.find('username');
  }
}

function itemCountOf(method: string, params: FlatParameters): number {
  if (method === 'track.scrobble') {
    return itemSuffixesOf(params).length;
  }
  return SINGLE_TRACK_WRITES.has(method) ? 1 : 0;
}

function answered(answer: Answer): Reaction {
  return { kind: 'answer', answer };
}

function refuse({ writer, logged }: Exchange, error: ApiError): Reaction {
  logged.outcome = error.code;
  return answered(writer.failure(error));
}

function reactionTo(fault: SpoilingFault, { writer }: Exchange, answer: Answer): Reaction {
  switch (fault.kind) {
    case 'error':
    case 'error-after-accepting':
      return answered(writer.failure(new ApiError(fault.code, fault.message, fault.status)));
    case 'html':
    case 'html-after-accepting':
      return answered(htmlFailure(fault.status));
    case 'body':
      return answered({ status: fault.status, contentType: 'application/json', body: fault.body });
    case 'truncated-json':
      return answered(halfOf(answer));
    case 'cut':
      return { kind: 'cut', answer };
    case 'cut-after-accepting':
    case 'drop':
      return { kind: 'disconnect' };
  }
}

function halfOf(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) };
}

/** Something long enough to be cut, about nothing that was accepted. */
function unrelatedAnswer({ writer }: Exchange): Answer {
  return writer.success([element('lost', [element('reason', 'The rest of this answer never arrives.')])]);
}
