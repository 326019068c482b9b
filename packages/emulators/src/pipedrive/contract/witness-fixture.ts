import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answered } from '../answer-channel.ts';
import { answerSchema } from './answer-schema-fixture.ts';
import type { OpenapiFault } from './openapi-fault.ts';
import { OPENAPI_FAULTS, STATUS_FAULTS } from './openapi-faults.ts';
import { type Published, publishedFor } from './published-fixture.ts';

/** How answers are looked at. */
export interface WitnessOptions {
  /** Whether a property that the description does not list is a complaint. Absent: it is. */
  readonly strict?: boolean;
  /** Where the description is known to be wrong. Absent: all that is known. */
  readonly faults?: readonly OpenapiFault[];
}

/** Compares answers with the published description and remembers what did not fit. */
export interface Witness {
  /** Looks at one answer. Refusals and answers that are no JSON are passed over. */
  look(answered: Answered): void;
  /** Complaints since the last call, each once, as `v2 GET /deals/{id} 200 /data/value must be number`. */
  complaints(): readonly string[];
  /** Operations whose answers were looked at, and how many. */
  readonly seen: ReadonlyMap<string, number>;
}

/** Makes a witness. Needs the published files (see `missing`). */
export function createWitness({ strict = true, faults = OPENAPI_FAULTS }: WitnessOptions = {}): Witness {
  const ajv = new Ajv.default({ allErrors: true, strict: false, logger: false });
  addFormats.default(ajv);
  const validators = new Map<string, ValidateFunction | string>();
  const seen = new Map<string, number>();
  const found = new Set<string>();

  const validatorFor = (operation: Published, status: number): ValidateFunction | string => {
    const key = `${operation.key} ${status}`;
    const known = validators.get(key);
    if (known !== undefined) return known;
    const made = compile(operation, status);
    validators.set(key, made);
    return made;
  };
  const compile = (operation: Published, status: number): ValidateFunction | string => {
    const like = STATUS_FAULTS.find((one) => one.operation === operation.key && one.status === status)?.like;
    const response = operation.responses[String(like ?? status)];
    if (!response) return `status ${status} is not described`;
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return 'a JSON answer is not described';
    return ajv.compile(answerSchema(operation, schema, faults, strict).schema);
  };
  return {
    seen,
    look({ call, answer }) {
      const json = answer.headers['content-type']?.includes('json') ?? false;
      const operation = answer.status < 300 && json ? publishedFor(call.method, call.path) : null;
      if (operation === null) return;
      seen.set(operation.key, (seen.get(operation.key) ?? 0) + 1);
      const validator = validatorFor(operation, answer.status);
      const head = `${operation.key} ${answer.status}`;
      if (typeof validator === 'string') found.add(`${head} ${validator}`);
      else if (!validator(JSON.parse(String(answer.body))))
        for (const error of validator.errors ?? []) found.add(`${head} ${sentence(error)}`);
    },
    complaints() {
      const all = [...found].sort();
      found.clear();
      return all;
    },
  };
}

function sentence(error: ErrorObject): string {
  const { instancePath, message, params, keyword } = error;
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, '/*');
  if (keyword === 'additionalProperties') return `${place}/${params.additionalProperty} is not described`;
  if (keyword === 'enum') return `${place} must be one of ${JSON.stringify(params.allowedValues)}`;
  return `${place} ${message ?? keyword}`;
}
