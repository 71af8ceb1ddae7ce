/** Just enough of ONNX's protobuf to write a small graph: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */

const OPSET = 13;
const IR_VERSION = 8;
const FLOAT = 1;
const INT64 = 7;

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: 'float' | 'int64';
  readonly values: readonly number[];
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number>>;
}

export interface OnnxGraph {
  /** Int64 matrices, `[batch, sequence]`. */
  readonly inputs: readonly string[];
  readonly output: { readonly name: string; readonly dims: readonly string[] };
  readonly constants: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}

export function writeOnnx({ inputs, output, constants, nodes }: OnnxGraph): Uint8Array {
  const graph = Buffer.concat([
    ...nodes.map((node) => message(1, encodeNode(node))),
    text(2, 'tiny'),
    ...constants.map((constant) => message(5, encodeTensor(constant))),
    ...inputs.map((name) => message(11, encodeValue(name, INT64, ['batch', 'sequence']))),
    message(12, encodeValue(output.name, FLOAT, output.dims)),
  ]);
  const opset = Buffer.concat([text(1, ''), integer(2, OPSET)]);
  return Buffer.concat([integer(1, IR_VERSION), message(7, graph), message(8, opset)]);
}

function encodeNode({ op, inputs, output, attributes = {} }: OnnxNode): Buffer {
  const encoded = Object.entries(attributes).map(([name, value]) =>
    message(5, Buffer.concat([text(1, name), integer(3, value), integer(20, 2)])),
  );
  return Buffer.concat([...inputs.map((name) => text(1, name)), text(2, output), text(4, op), ...encoded]);
}

function encodeTensor({ name, dims, type, values }: OnnxTensor): Buffer {
  const raw = type === 'float' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  return Buffer.concat([
    ...dims.map((dim) => integer(1, dim)),
    integer(2, type === 'float' ? FLOAT : INT64),
    text(8, name),
    message(9, Buffer.from(raw.buffer)),
  ]);
}

function encodeValue(name: string, elementType: number, dims: readonly string[]): Buffer {
  const shape = Buffer.concat(
    dims.map((dim) => message(1, /^\d+$/.test(dim) ? integer(1, Number(dim)) : text(2, dim))),
  );
  const tensor = Buffer.concat([integer(1, elementType), message(2, shape)]);
  return Buffer.concat([text(1, name), message(2, message(1, tensor))]);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value, 'utf8'));
}

function message(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}
