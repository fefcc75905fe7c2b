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

/** An attribute; 64-bit integers are text. */
export interface Attribute {
  key: string;
  value: {
    stringValue?: string;
    boolValue?: boolean;
    intValue?: string;
    doubleValue?: number;
    arrayValue?: { values: Attribute['value'][] };
  };
}

/** A span, whose identifiers are hexadecimal and whose times are nanoseconds since 1970. */
export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: Attribute[];
  status?: { code?: number };
}

/** A request for traces as JSON (OTLP/JSON). */
export interface ExportRequest {
  resourceSpans: {
    resource: { attributes?: Attribute[] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
}

const identifiers = ['traceId', 'spanId', 'parentSpanId'] as const;

/** Reads a request in protobuf. @throws Error if it is none */
export function readRequest(body: Uint8Array): ExportRequest {
  const request = type.toObject(type.decode(body), {
    arrays: true,
    bytes: String,
    longs: String,
  }) as ExportRequest;
  for (const { scopeSpans } of request.resourceSpans)
    for (const span of scopeSpans.flatMap(({ spans }) => spans))
      for (const name of identifiers) span[name] = toHex(span[name]);
  return request;
}

function toHex(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
