const DEFAULTS = {
  max_connections: '100',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failed statements are the app's to report, and would put what people wrote into a log file.
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

/** The server is for this machine alone, whatever else is asked for. */
export function serverSettings(port: number, asked: Record<string, string>): Record<string, string> {
  return { ...DEFAULTS, ...asked, listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' };
}

/** Whether what is committed must survive a power cut. Only throw-away clusters of tests switch that off. */
export function isDurable(asked: Record<string, string>): boolean {
  return asked.fsync !== 'off';
}
