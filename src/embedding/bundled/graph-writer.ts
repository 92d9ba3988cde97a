import type { onnx } from 'onnx-proto';
import onnxProto from 'onnx-proto';

type AttributeValue = number | string | number[] | { float: number };

// A CommonJS module whose one name Node does not see.
const { TensorProto, AttributeProto, ModelProto } = onnxProto.onnx;
const { DataType } = TensorProto;
const { AttributeType } = AttributeProto;

/** Collects the nodes and constants of an ONNX graph. Tensors are known by their names, as in ONNX. */
export class GraphWriter {
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #constants = new Map<string, onnx.ITensorProto>();

  /** Adds an operator and gives the name of its output. An empty input name leaves out an optional input. */
  operator(
    opType: string,
    inputs: string[],
    output: string,
    {
      domain = '',
      outputs = [output],
      ...attributes
    }: Record<string, AttributeValue> & {
      domain?: string;
      outputs?: string[];
    } = {},
  ): string {
    this.#nodes.push({
      opType,
      name: output,
      input: inputs,
      output: outputs,
      domain,
      attribute: Object.entries(attributes).map(([name, value]) => toAttribute(name, value)),
    });
    return output;
  }

  floats(name: string, values: ArrayLike<number>, dims: number[] = []): string {
    return this.#constant(name, DataType.FLOAT, Float32Array.from(values), dims);
  }

  longs(name: string, values: number[], dims: number[] = [values.length]): string {
    return this.#constant(name, DataType.INT64, BigInt64Array.from(values, BigInt), dims);
  }

  uint8s(name: string, values: Uint8Array | number[], dims: number[] = []): string {
    return this.#constant(name, DataType.UINT8, Uint8Array.from(values), dims);
  }

  int8s(name: string, values: Int8Array | number[], dims: number[] = []): string {
    return this.#constant(name, DataType.INT8, Int8Array.from(values), dims);
  }

  /**
   * The whole as the bytes of an ONNX model.
   * @param inputs names of inputs, each int64 [batch, sequence]
   * @param outputs the shape of each float output by name; a string is a free dimension
   */
  toBytes({
    inputs,
    outputs,
  }: {
    inputs: string[];
    outputs: Record<string, (number | string)[]>;
  }): Uint8Array {
    const model: onnx.IModelProto = {
      irVersion: 8,
      producerName: 'akin',
      opsetImport: [
        { domain: '', version: 17 },
        { domain: 'com.microsoft', version: 1 },
      ],
      graph: {
        name: 'sentence-transformer',
        node: this.#nodes,
        initializer: [...this.#constants.values()],
        input: inputs.map((name) => valueInfo(name, DataType.INT64, ['batch', 'sequence'])),
        output: Object.entries(outputs).map(([name, dims]) => valueInfo(name, DataType.FLOAT, dims)),
      },
    };
    return ModelProto.encode(model).finish();
  }

  #constant(name: string, dataType: number, data: NodeJS.TypedArray, dims: number[]): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#constants.set(name, { name, dataType, dims, rawData });
    return name;
  }
}

function toAttribute(name: string, value: AttributeValue): onnx.IAttributeProto {
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) };
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: value };
  return { name, type: AttributeType.FLOAT, f: value.float };
}

function valueInfo(name: string, elemType: number, dims: (number | string)[]): onnx.IValueInfoProto {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
