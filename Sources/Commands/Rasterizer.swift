import Diagnostics
import Foundation
import Reports

/// Turns a drawing into pixels with librsvg's program.
struct Rasterizer {
  /// The name of the program.
  static let name = "rsvg-convert"

  /// Writes a drawing as PNG; the file appears whole or not at all.
  ///
  /// - Parameters:
  ///   - svg: The drawing.
  ///   - path: The file.
  ///   - scale: How many pixels a unit of the drawing has.
  /// - Throws: ``RasterizerError``.
  static func write(_ svg: [UInt8], to path: String, scale: Double) throws(RasterizerError) {
    guard let program else { throw .missing }
    let target = URL(filePath: path)
    let files = FileManager.default
    let part = target.deletingLastPathComponent()
      .appending(
        path: ".\(target.lastPathComponent).part-\(ProcessInfo.processInfo.processIdentifier)")
    let source = files.temporaryDirectory.appending(path: "replicate-\(UUID().uuidString).svg")
    defer {
      try? files.removeItem(at: source)
      try? files.removeItem(at: part)
    }
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "--format", "png", "--zoom", "\(scale)", "--output", part.path(percentEncoded: false),
      source.path(percentEncoded: false),
    ]
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": files.temporaryDirectory.path, "LC_ALL": "C",
    ]
    let complaints = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = complaints
    do {
      try Data(svg).write(to: source)
      try process.run()
      let words = try complaints.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      guard process.terminationReason == .exit, process.terminationStatus == 0 else {
        throw RasterizerError.failed(String(decoding: words.prefix(400), as: UTF8.self))
      }
    } catch let error as RasterizerError {
      throw error
    } catch {
      throw .failed(error.localizedDescription)
    }
    guard rename(part.path(percentEncoded: false), path) == 0 else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// The program in the folders of `PATH`.
  private static var program: URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.lazy.map { URL(filePath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }
  }
}

/// Why there is no file of pixels.
enum RasterizerError: Diagnosable, Equatable {
  /// The program is not installed.
  case missing
  /// The program refused the drawing or could not write.
  case failed(String)
  /// The file cannot be put in its place.
  case unwritable(path: String, reason: String)

  /// What is wrong.
  var problem: String {
    switch self {
    case .missing: "\(Rasterizer.name) is not installed, and PNG is drawn by it"
    case .failed(let words):
      "\(Rasterizer.name) could not draw the figure: \(words.split(separator: "\n").joined(separator: " ").inert)"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    }
  }

  /// What to do about it.
  var remedy: String {
    switch self {
    case .missing: "Install librsvg2-bin, or write the figure as SVG with --svg."
    case .failed: "Name a file in a folder that may be written, or write the figure with --svg."
    case .unwritable: "Name a file in a folder that may be written."
    }
  }
}
