import { DomainError } from '../../../common/errors/domain-error.js';

const HOW = 'Send it as multipart/form-data, in a field called "file".';

export class FileMissingError extends DomainError {
  readonly code = 'file_missing';
  readonly kind = 'invalid';

  constructor() {
    super(`There is no file in this request. ${HOW}`);
  }
}

export class TooManyFilesError extends DomainError {
  readonly code = 'too_many_files';
  readonly kind = 'invalid';

  constructor() {
    super('There is more than one file in this request. Send them one by one.');
  }
}

export class FileTooLargeError extends DomainError {
  readonly code = 'file_too_large';
  readonly kind = 'too-large';

  constructor(maxMegabytes: number) {
    super(`This file is larger than ${maxMegabytes} MB. Split it into several.`);
  }
}

export class NotMultipartError extends DomainError {
  readonly code = 'upload_not_multipart';
  readonly kind = 'unsupported';

  constructor() {
    super(`This request is no file upload. ${HOW}`);
  }
}

export class UploadBrokenError extends DomainError {
  readonly code = 'upload_broken';
  readonly kind = 'malformed';

  constructor(cause: unknown) {
    super(`The upload broke off or is not well-formed, so nothing was imported. ${HOW}`);
    this.cause = cause;
  }
}
