public import Diagnostics

/// Why the pages cannot be served.
public enum BrowserError: Diagnosable, Hashable {
  /// Others than this machine could reach the address, and nobody said that they may.
  case publicAddress(String)
  /// The address says nothing of the names under which it is reached.
  case namelessAddress(String)
  /// The address is none.
  case badAddress(String)
  /// The address cannot be listened on.
  case unavailable(address: String, port: Int, reason: String)

  /// What is wrong, and where.
  public var problem: String {
    switch self {
    case .publicAddress(let address):
      "other machines could reach \(address), and whoever can reads everything recorded"
    case .namelessAddress(let address):
      "\(address) stands for every address of this machine, so the names it has must be listed"
    case .badAddress(let address): "'\(address)' is no IP address"
    case .unavailable(let address, let port, let reason):
      "\(address), port \(port), cannot be listened on: \(reason)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .publicAddress: "Leave --bind out, or add --public where that is what you want."
    case .namelessAddress: "Add --host NAME for each name under which visitors ask for it."
    case .badAddress: "Give an address such as 127.0.0.1 or ::1."
    case .unavailable: "Choose another port with --port; --port 0 takes a free one."
    }
  }
}
