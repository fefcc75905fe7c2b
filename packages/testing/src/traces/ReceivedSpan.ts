import type { Attribute, ExportRequest, OtlpSpan } from './exportRequest';

/** A value of an attribute. */
type Value = string | boolean | number | Value[];

/** A span as a collector receives it. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Empty if the span begins a trace. */
  parentSpanId: string;
  name: string;
  /** 2 for servers, 3 for clients. */
  kind: number;
  /** 2 after an error. */
  status: number;
  /** Milliseconds since 1970. */
  start: number;
  milliseconds: number;
  attributes: Record<string, Value>;
  /** Attributes of the program. */
  resource: Record<string, Value>;
}

/** Returns the spans of a request. */
export function toSpans({ resourceSpans }: ExportRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map(span => toReceived(span, valuesOf(resource.attributes))),
  );
}

function toReceived(
  span: OtlpSpan,
  resource: ReceivedSpan['resource'],
): ReceivedSpan {
  const start = Number(span.startTimeUnixNano) / 1e6;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    kind: span.kind,
    status: span.status?.code ?? 0,
    start,
    milliseconds: Number(span.endTimeUnixNano) / 1e6 - start,
    attributes: valuesOf(span.attributes),
    resource,
  };
}

function valuesOf(attributes: Attribute[] = []): Record<string, Value> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, valueOf(value)]),
  );
}

function valueOf(value: Attribute['value']): Value {
  if (value.arrayValue) return value.arrayValue.values.map(valueOf);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue ?? '';
}
