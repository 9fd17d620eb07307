const MESSAGES: Readonly<Record<number, string>> = {
  2: 'Invalid service - This service does not exist',
  3: 'Invalid Method - No method with that name in this package',
  4: 'Authentication Failed - You do not have permissions to access the service',
  5: "Invalid format - This service doesn't exist in that format",
  6: 'Invalid parameters - Your request is missing a required parameter',
  7: 'Invalid resource specified',
  8: 'Operation failed - Most likely the backend service failed. Please try again.',
  9: 'Invalid session key - Please re-authenticate',
  10: 'Invalid API key - You must be granted a valid key by last.fm',
  11: 'Service Offline - This service is temporarily offline. Try again later.',
  12: 'Subscribers Only - This station is only available to paid last.fm subscribers',
  13: 'Invalid method signature supplied',
  14: 'Unauthorized Token - This token has not been authorized',
  15: 'Unauthorized Token - This token has expired',
  16: 'The service is temporarily unavailable, please try again.',
  17: 'Login: User required to be logged in',
  26: 'Suspended API key - Access for your account has been suspended, please contact Last.fm',
  29: 'Rate Limit Exceeded - Your IP has made too many requests in a short period',
};

/** What was seen with each code; where two were seen, the one more often reported. Everything else is a 400. */
const STATUSES: Readonly<Record<number, number>> = {
  4: 403,
  8: 500,
  9: 403,
  10: 403,
  11: 503,
  13: 403,
  14: 403,
  15: 403,
  16: 503,
  17: 403,
  26: 403,
  29: 429,
};

/** A failure as Last.fm reports it: a code, a sentence, and an HTTP status that follows no strict rule. */
export class ApiError extends Error {
  readonly status: number;

  constructor(
    readonly code: number,
    message?: string,
    status?: number,
  ) {
    super(message ?? MESSAGES[code] ?? 'Unknown error');
    this.status = status ?? STATUSES[code] ?? 400;
  }

  /** Error 6 for a parameter that is not there, is empty, or cannot be read. */
  static invalidParameter(name: string): ApiError {
    return new ApiError(6, `Invalid parameters - Your request is missing a required parameter: ${name}`);
  }
}
