import Foundation

/// A file system in memory that is soon full.
final class SmallDisk: Sendable {
  let folder: URL

  static let isPossible =
    geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/mount")
    && (try? SmallDisk(kibibytes: 64)) != nil

  struct Failure: Error {}

  init(kibibytes: Int) throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "disk-\(UInt64.random(in: 0...UInt64.max))", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard
      try Self.run("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder.path) == 0
    else {
      try? FileManager.default.removeItem(at: folder)
      throw Failure()
    }
  }

  deinit {
    _ = try? Self.run("umount", "-l", folder.path)
    try? FileManager.default.removeItem(at: folder)
  }

  /// Takes what space is left.
  func fill() throws {
    let file = open(folder.appending(path: "filler").path, O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(file, block, block.count) > 0 {}
  }

  private static func run(_ name: String, _ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/\(name)")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
