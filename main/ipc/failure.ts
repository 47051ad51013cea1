import { BORDER_ERRORS, type BorderCode } from '../../preload/contract/errors.ts';
import { describeFailure, type Described } from '../domain/errors/failure.ts';

/** A refusal by the border itself, thrown by a handler. */
export class BorderFailure extends Error {
  readonly code: BorderCode;

  constructor(code: BorderCode) {
    super(BORDER_ERRORS[code].message);
    this.name = 'BorderFailure';
    this.code = code;
  }
}

/** A failure that the office answered with, passed on as it is. */
export class RefusedByOffice extends Error {
  readonly failure: Described;

  constructor(failure: Described) {
    super(failure.message);
    this.name = 'RefusedByOffice';
    this.failure = failure;
  }
}

/** What the border answers with, in the words of its table. `where` names a channel or a field. */
export function borderFailure(code: BorderCode, where = ''): Described {
  const { message, hint } = BORDER_ERRORS[code];
  return {
    code,
    message: message.replace('{where}', where),
    ...(hint === undefined ? {} : { hint }),
    ...(where === '' ? {} : { params: { where } }),
  };
}

/** Whatever a handler threw, as a failure. */
export function failureOf(error: unknown): Described {
  if (error instanceof RefusedByOffice) return error.failure;
  return error instanceof BorderFailure ? borderFailure(error.code) : describeFailure(error);
}
