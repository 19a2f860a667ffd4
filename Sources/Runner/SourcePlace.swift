import Foundation
public import Replication

/// Where a claim is declared, for whoever annotates the sources.
public struct SourcePlace: Hashable, Sendable {
  /// The file, relative to the repository of the sources.
  public let file: String
  /// The line, from 1.
  public let line: Int

  /// Names a place.
  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  /// Where a claim is declared at a tier; nil where the tier does not declare the claim, or the
  /// sources that the program was built from are in no repository on this machine.
  ///
  /// - Parameters:
  ///   - claim: The claim's key.
  ///   - paper: Its paper.
  ///   - tier: The tier.
  public init?(ofClaim claim: String, of paper: any Replication.Type, at tier: Tier) {
    guard let line = paper.line(ofClaim: claim, at: tier),
      let path = paper.file(ofClaim: claim, at: tier),
      FileManager.default.fileExists(atPath: path)
    else { return nil }
    var folder = URL(filePath: path).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.appending(path: ".git").path) {
      if folder.path == "/" { return nil }
      folder.deleteLastPathComponent()
    }
    let root = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
    guard path.hasPrefix(root) else { return nil }
    self.init(file: String(path.dropFirst(root.count)), line: line)
  }
}
