public import Tensors

extension SafeTensors {
  /// A tensor of floating-point numbers.
  ///
  /// Binary16, bfloat16 and binary32 are exact in either kind; binary64 is rounded to `Float`.
  ///
  /// - Throws: ``SafeTensorsError`` where there is none of that name, or it holds other numbers.
  public func tensor<E: Scalar>(
    _ name: String, of: E.Type = E.self
  ) throws(SafeTensorsError) -> Tensor<E> {
    guard let entry = entry(name) else { throw .missing(name) }
    let bytes = entry.bytes
    switch entry.kind {
    case .float32:
      return Tensor(converting: Tensor<Float>(littleEndian: bytes, shape: entry.shape))
    case .float64:
      return Tensor(converting: Tensor<Double>(littleEndian: bytes, shape: entry.shape))
    case .float16: return Tensor(halves(bytes).map { widened($0) }, shape: entry.shape)
    case .bfloat16:
      let scalars = halves(bytes).map { E(Float(bitPattern: UInt32($0) << 16)) }
      return Tensor(scalars, shape: entry.shape)
    default: throw .notFloating(name, entry.kind)
    }
  }

  /// A model of the form of another, with the parameters of the file.
  ///
  /// - Throws: ``SafeTensorsError`` where a parameter is missing or has another shape. Tensors of
  ///   the file that no parameter is named after are left.
  /// - Parameters:
  ///   - other: A model of the form.
  ///   - name: The name in the file of a parameter's dotted path.
  /// - Returns: The model.
  public func model<Model: Parameterised>(
    like other: Model, named name: (String) -> String = { $0 }
  ) throws(SafeTensorsError) -> Model {
    var tensors: [Tensor<Model.Number>] = []
    for (path, parameter) in other.namedParameters {
      let found: Tensor<Model.Number> = try tensor(name(path))
      guard found.shape == parameter.shape else {
        throw .shape(name(path), found: found.shape, expected: parameter.shape)
      }
      tensors.append(found)
    }
    return other.replacingParameters(tensors)
  }
}

private func halves(_ bytes: [UInt8]) -> [UInt16] {
  stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
}

/// The number of a binary16, by its parts: that type is not there on every processor.
private func widened<E: Scalar>(_ half: UInt16) -> E {
  let (exponent, fraction) = (Int(half >> 10 & 31), Double(half & 1023))
  let size: Double
  switch exponent {
  case 0: size = fraction * 0x1p-24
  case 31: size = fraction == 0 ? .infinity : .nan
  default:
    size = (1 + fraction * 0x1p-10) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
  }
  return E(half >> 15 == 1 ? -size : size)
}
