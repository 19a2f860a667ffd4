import Diagnostics
import Foundation
import Glibc

/// A system call that failed on a file.
struct POSIXFailure: Diagnosable, Equatable {
  var path: String
  var code: Int32

  var problem: String { "\(path): \(String(cString: strerror(code)))" }

  var remedy: String {
    switch code {
    case ENOSPC, EDQUOT: "Make room on that disk and run again; finished trials are kept."
    case EACCES, EPERM, EROFS: "Choose a writable place with --registry or $REPLICATE_REGISTRY."
    default: "Mend the cause and run again; finished trials are kept."
    }
  }
}

extension POSIXFailure {
  /// What stands behind an error of the file manager.
  init(_ error: any Error, path: String) {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    self.init(path: path, code: Int32(underlying?.code ?? Int(EIO)))
  }
}
