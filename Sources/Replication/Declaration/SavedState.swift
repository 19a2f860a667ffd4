private import Digests
public import Foundation

/// Where a trial that takes long keeps what it has done so far, in case it is interrupted.
///
/// One file a trial, named by the trial's identity, so that what is read back was written by the same
/// sources from the same setup, seed and data. A file that is not whole counts for nothing: the
/// trial then begins anew, and ends with the same bits.
public struct SavedState: Sendable {
  private let file: URL?

  /// The state that a file holds; without one, nothing is kept.
  public init(file: URL? = nil) { self.file = file }

  /// What was saved last; nil where nothing was.
  func read() -> [UInt8]? {
    guard let file, let data = try? Data(contentsOf: file), data.count >= 32 else { return nil }
    let bytes = Array(data.dropLast(32))
    return Digest(of: bytes).bytes.elementsEqual(data.suffix(32)) ? bytes : nil
  }

  /// Saves in place of what was saved before.
  func write(_ bytes: [UInt8]) throws {
    guard let file else { return }
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes + Digest(of: bytes).bytes).write(to: file, options: .atomic)
  }

  /// Forgets what was saved: the trial has ended.
  public func remove() {
    guard let file, FileManager.default.fileExists(atPath: file.path) else { return }
    // What cannot be removed is read by nobody: the trial is recorded.
    try? FileManager.default.removeItem(at: file)
  }
}
