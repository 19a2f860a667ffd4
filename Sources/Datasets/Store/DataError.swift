public import Diagnostics
public import Digests

/// What the world can do to a dataset: to its files, to the disk or to the network.
public indirect enum DataError: Diagnosable, Hashable {
  /// A file is not in the store.
  case absent(DatasetName, file: String, folder: String)
  /// A file is there but cannot be read.
  case unreadable(path: String, reason: String)
  /// A compressed file cannot be decompressed.
  case damaged(DatasetName, file: String, reason: String)
  /// A file ends before its content does.
  case truncated(DatasetName, file: String, size: Int, expected: Int)
  /// A file holds more than its content.
  case oversized(DatasetName, file: String, limit: Int)
  /// A file has the right size and other bytes.
  case tampered(DatasetName, file: String, found: Digest, expected: Digest)
  /// A file's bytes break its format.
  case malformed(file: String, reason: String)
  /// No host could be reached at all.
  case noNetwork(address: String, reason: String)
  /// A server answered with something else than the file.
  case httpStatus(address: String, status: Int)
  /// A transfer ended early; what came is kept.
  case interrupted(address: String, received: Int, reason: String)
  /// A server sends more than the file can be.
  case overlong(address: String, limit: Int)
  /// The disk has no room.
  case diskFull(path: String)
  /// The store cannot be written.
  case unwritable(path: String, reason: String)
  /// Another fetch is writing the same file.
  case busy(path: String)
  /// Every source failed, each for its own reason.
  case noSource(DatasetName, file: String, faults: [DataError])
}

extension DataError {
  /// What is wrong, naming the file and both sides of a mismatch.
  public var problem: String {
    switch self {
    case .absent(let name, let file, let folder):
      "\(name): \(file) is not in \(folder)"
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason)"
    case .damaged(let name, let file, let reason):
      "\(name): \(file) cannot be decompressed: \(reason)"
    case .truncated(let name, let file, let size, let expected):
      "\(name): \(file) is truncated: it holds \(size) of \(expected) bytes"
    case .oversized(let name, let file, let limit):
      "\(name): \(file) holds more than the expected \(limit) bytes"
    case .tampered(let name, let file, let found, let expected):
      "\(name): the content of \(file) has SHA-256 \(found), expected \(expected)"
    case .malformed(let file, let reason):
      "\(file): \(reason)"
    case .noNetwork(let address, let reason):
      "\(address) cannot be reached: \(reason)"
    case .httpStatus(let address, let status):
      "\(address) answered with HTTP status \(status)"
    case .interrupted(let address, let received, let reason):
      "\(address): the transfer stopped after \(received) bytes: \(reason)"
    case .overlong(let address, let limit):
      "\(address) sends more than \(limit) bytes, which no copy of the file can have"
    case .diskFull(let path):
      "\(path) cannot be written: the disk is full"
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason)"
    case .busy(let path):
      "\(path) is being written by another fetch"
    case .noSource(let name, let file, let faults):
      "\(name): \(file) could not be fetched: " + faults.map(\.problem).joined(separator: "; ")
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .absent(let name, _, _):
      """
      Run `replicate data fetch \(name)`, or point --data or $REPLICATE_DATA at a folder that has \
      \(name)/.
      """
    case .damaged(let name, _, _), .truncated(let name, _, _, _), .oversized(let name, _, _),
      .tampered(let name, _, _, _):
      "Run `replicate data fetch \(name)`, which replaces the damaged file."
    case .unreadable: "Check the file's permissions and the disk it lies on."
    case .malformed: "The file does not hold what its name says; fetch it again."
    case .noNetwork:
      "Connect to the network and run the command again, or copy the files into the data folder."
    case .httpStatus: "The source may have moved; try again later or copy the files by hand."
    case .interrupted: "Run the command again; it resumes where the transfer stopped."
    case .overlong: "Do not trust this source; copy the file from another one."
    case .diskFull: "Free some space and run the command again; it resumes where it stopped."
    case .unwritable: "Choose a writable folder with --data or $REPLICATE_DATA."
    case .busy: "Wait until the other fetch has ended and run the command again."
    case .noSource(_, _, let faults):
      faults.last?.remedy ?? "Name a source for the dataset."
    }
  }
}
