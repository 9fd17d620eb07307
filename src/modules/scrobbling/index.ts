export { type DeliveryState } from './delivery/delivery-state.js';
export { pagedPeriod, toPeriod } from './ledger/dto/history-query.dto.js';
export { ScrobbleDto, scrobbleSchema } from './ledger/dto/scrobble.dto.js';
export { durationField, nameField } from './ledger/dto/track-fields.js';
export { type Play, PROVENANCES, SCROBBLE_SOURCES } from './ledger/play.js';
export { ScrobbleHistory } from './ledger/scrobble-history.service.js';
export { ScrobbleLedger } from './ledger/scrobble-ledger.service.js';
export { type ScrobbleRecord } from './ledger/scrobble-record.js';
export { ScrobblingModule } from './scrobbling.module.js';
