private import Digests
public import Foundation
private import Synchronization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#endif

/// An expensive product that several trials share: a pre-trained network, scores, a schedule.
///
/// A pure function of the stage's own value and the trial's seed. The setup holds the stage, so
/// that a plan sees it.
public protocol Stage: Codable, Hashable, Sendable {
  /// What is built; it survives its encoding to the bit.
  associatedtype Product: Codable & Sendable
  /// Builds the product.
  func make(in trial: Trial) throws -> Product
}

/// Keeps the products of stages by digest: in memory, and in a folder where one is given.
public final class StageStore: Sendable {
  private let folder: URL?
  private let scope: String
  private let memory = Mutex<[Digest: Data]>([:])

  /// A store.
  ///
  /// - Parameters:
  ///   - folder: Where products are kept between processes; nil keeps them in memory only.
  ///   - scope: What besides the stage a product depends on: the digest of sources and data.
  public init(folder: URL? = nil, scope: String = "") {
    self.folder = folder
    self.scope = scope
  }

  func product<S: Stage>(of stage: S, in trial: Trial) throws -> S.Product {
    let key = Digest(
      of: "\(scope)\n\(trial.paper)\n\(trial.seed)\n\(S.self)\n\(try Canonical.text(stage))")
    if let known = memory.withLock({ $0[key] }) {
      return try Canonical.decode(S.Product.self, from: known)
    }
    let data = try stored(key) ?? build(stage, key: key, in: trial)
    memory.withLock { $0[key] = data }
    // Decoded even when just built, so that both ways give the same bits.
    return try Canonical.decode(S.Product.self, from: data)
  }

  private func file(_ key: Digest) -> URL? { folder?.appending(path: "\(key).json") }

  private func stored(_ key: Digest) throws -> Data? {
    guard let file = file(key), FileManager.default.fileExists(atPath: file.path) else {
      return nil
    }
    return try Data(contentsOf: file)
  }

  /// Builds under a lock file, so that of two workers one builds and the other waits and reads.
  private func build<S: Stage>(_ stage: S, key: Digest, in trial: Trial) throws -> Data {
    guard let folder, let file = file(key) else {
      return try Canonical.data(stage.make(in: trial))
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lock = open(folder.appending(path: "\(key).lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: folder.path])
    }
    defer { close(lock) }
    if let data = try stored(key) { return data }
    let data = try Canonical.data(stage.make(in: trial))
    try data.write(to: file, options: .atomic)
    return data
  }
}
