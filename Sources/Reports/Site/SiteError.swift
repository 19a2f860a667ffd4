public import Diagnostics

/// Why a site cannot be written.
public enum SiteError: Diagnosable, Hashable {
  /// The folder holds something, and no site wrote it.
  case foreignFolder(path: String)
  /// The list of the site's files cannot be trusted.
  case badManifest(path: String, reason: String)
  /// A folder or file cannot be read or written.
  case unwritable(path: String, reason: String)

  /// What is wrong, and where.
  public var problem: String {
    switch self {
    case .foreignFolder(let path): "\(path) is not empty and not a site of this program"
    case .badManifest(let path, let reason): "\(path) is no list of a site's files: \(reason)"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .foreignFolder: "Name a folder that is empty or does not exist yet."
    case .badManifest(let path, _): "Delete the folder that holds \(path) and build it anew."
    case .unwritable: "Check the permissions and the free space of the folder."
    }
  }
}
