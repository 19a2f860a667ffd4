import Synchronization

/// The datasets a store has loaded and verified in this process.
final class LoadedDatasets: Sendable {
  private let mnist = Mutex<MNIST?>(nil)
  private let optdigits = Mutex<Optdigits?>(nil)
  private let cifar10 = Mutex<CIFAR10?>(nil)
  private let adult = Mutex<Adult?>(nil)
  private let tinyShakespeare = Mutex<TinyShakespeare?>(nil)

  /// MNIST, loaded by the first who asks.
  func mnist(or load: () throws(DataError) -> MNIST) throws(DataError) -> MNIST {
    try Self.value(in: mnist, or: load)
  }

  /// Optdigits, loaded by the first who asks.
  func optdigits(or load: () throws(DataError) -> Optdigits) throws(DataError) -> Optdigits {
    try Self.value(in: optdigits, or: load)
  }

  /// CIFAR-10, loaded by the first who asks.
  func cifar10(or load: () throws(DataError) -> CIFAR10) throws(DataError) -> CIFAR10 {
    try Self.value(in: cifar10, or: load)
  }

  /// Adult, loaded by the first who asks.
  func adult(or load: () throws(DataError) -> Adult) throws(DataError) -> Adult {
    try Self.value(in: adult, or: load)
  }

  /// Tiny Shakespeare, loaded by the first who asks.
  func tinyShakespeare(
    or load: () throws(DataError) -> TinyShakespeare
  ) throws(DataError) -> TinyShakespeare {
    try Self.value(in: tinyShakespeare, or: load)
  }

  private static func value<Value: Sendable>(
    in mutex: borrowing Mutex<Value?>, or load: () throws(DataError) -> Value
  ) throws(DataError) -> Value {
    let result: Result<Value, DataError> = mutex.withLock { kept in
      if let kept { return .success(kept) }
      do throws(DataError) {
        let value = try load()
        kept = value
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
