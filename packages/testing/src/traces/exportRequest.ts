import protobuf from 'protobufjs';

/** What tests read of OTLP's requests for traces, by the field numbers of opentelemetry-proto. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue {
    oneof value {
      string string_value = 1;
      bool bool_value = 2;
      int64 int_value = 3;
      double double_value = 4;
      ArrayValue array_value = 5;
    }
  }
  message ArrayValue { repeated AnyValue values = 1; }
  message Span {
    bytes trace_id = 1;
    bytes span_id = 2;
    bytes parent_span_id = 4;
    string name = 5;
    int32 kind = 6;
    fixed64 start_time_unix_nano = 7;
    fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9;
    Status status = 15;
  }
  message Status { int32 code = 3; }
`);
const type = root.lookupType('ExportTraceServiceRequest');

/** A value of an attribute. */
type Value = string | boolean | number | Value[];

interface AnyValue {
  value?: string;
  arrayValue?: { values: AnyValue[] };
  [kind: string]: unknown;
}

interface Attribute {
  key: string;
  value: AnyValue;
}

interface Span {
  traceId: Uint8Array;
  spanId: Uint8Array;
  parentSpanId: Uint8Array;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  status?: { code: number };
}

interface Request {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: Span[] }[];
  }[];
}

/** A span as a collector receives it. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Empty if the span begins a trace. */
  parentSpanId: string;
  name: string;
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

/** Reads the spans of a request in protobuf. @throws Error if it is none */
export function readSpans(body: Uint8Array): ReceivedSpan[] {
  const { resourceSpans } = type.toObject(type.decode(body), {
    arrays: true,
    longs: String,
    oneofs: true,
  }) as Request;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map(span => toReceived(span, valuesOf(resource.attributes))),
  );
}

function toReceived(
  span: Span,
  resource: ReceivedSpan['resource'],
): ReceivedSpan {
  const hex = (bytes: Uint8Array = new Uint8Array()) =>
    Buffer.from(bytes).toString('hex');
  const start = Number(span.startTimeUnixNano) / 1e6;
  return {
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: hex(span.parentSpanId),
    name: span.name,
    kind: span.kind,
    status: span.status?.code ?? 0,
    start,
    milliseconds: Number(span.endTimeUnixNano) / 1e6 - start,
    attributes: valuesOf(span.attributes),
    resource,
  };
}

function valuesOf(attributes: Attribute[]): Record<string, Value> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, valueOf(value)]),
  );
}

function valueOf(any: AnyValue): Value {
  if (any.arrayValue) return any.arrayValue.values.map(valueOf);
  const value = any[any.value ?? ''] as string | boolean | number;
  return any.value === 'intValue' ? Number(value) : value;
}
