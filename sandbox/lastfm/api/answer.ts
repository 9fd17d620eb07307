import { type ApiError } from '../protocol/api-error.js';
import { element, type Child } from '../protocol/element.js';
import type { FlatParameters } from '../protocol/flat-parameters.js';
import { renderJson } from '../protocol/json.renderer.js';
import { renderXml } from '../protocol/xml.renderer.js';

const XML = 'text/xml; charset=UTF-8';
const JSON_TYPE = 'application/json';
const JAVASCRIPT = 'text/javascript; charset=UTF-8';
const HTML = 'text/html; charset=UTF-8';
const FUNCTION_NAME = /^[A-Za-z_$][\w$.]{0,99}$/;

/** One HTTP answer, ready to be sent, or to be cut in half. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Words answers in the format that a call asks for: XML unless `format=json`, JSONP when there is a `callback` too. */
export class AnswerWriter {
  private readonly isJson: boolean;
  private readonly callback: string | null;

  constructor(params: FlatParameters) {
    const callback = params.find('callback') ?? '';
    this.isJson = params.find('format') === 'json';
    this.callback = FUNCTION_NAME.test(callback) ? callback : null;
  }

  success(children: readonly Child[]): Answer {
    return this.isJson ? this.json(200, renderJson(children)) : xml(200, renderXml(children, 'ok'));
  }

  failure({ status, code, message }: ApiError): Answer {
    if (this.isJson) {
      return this.json(status, renderJson([element('message', message), element('error', code)]));
    }
    return xml(status, renderXml([element('error', message, { code: String(code) })], 'failed'));
  }

  private json(status: number, body: string): Answer {
    return this.callback === null
      ? { status, contentType: JSON_TYPE, body }
      : { status, contentType: JAVASCRIPT, body: `${this.callback}(${body});` };
  }
}

/** What stands in front of Last.fm answers in HTML when Last.fm does not answer it. */
export function htmlFailure(status: number): Answer {
  const body = `<html><head><title>${status} Service Unavailable</title><meta http-equiv="refresh" content="30"></head>
<body><h1>${status} Service Unavailable</h1><p>The server is having trouble. Please try again in 30 seconds.</p></body></html>
`;
  return { status, contentType: HTML, body };
}

function xml(status: number, body: string): Answer {
  return { status, contentType: XML, body };
}
