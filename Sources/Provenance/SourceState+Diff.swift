internal import CGit
internal import Foundation

extension SourceState {
  /// Writes the patch from HEAD to the files on disk, staged and untracked ones included.
  ///
  /// Untracked files whose name starts with a dot are named in `changes` but their content is left
  /// out, since such files hold credentials more often than code. Binary content is left out too.
  mutating func readDiff(_ repository: GitRepository, limit: Int) {
    var tree: OpaquePointer?
    defer { git_tree_free(tree) }
    if !isUnborn {
      var object: OpaquePointer?
      let code = git_revparse_single(&object, repository.pointer, "HEAD^{tree}")
      guard code == 0 else {
        miss("diff", because: GitFailure(code).message)
        return
      }
      tree = object
    }
    var options = git_diff_options()
    git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    options.flags =
      GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
      | GIT_DIFF_SHOW_UNTRACKED_CONTENT.rawValue | GIT_DIFF_INCLUDE_TYPECHANGE.rawValue
    options.id_abbrev = 40
    // A larger file is treated as binary: its change is named, its content is not.
    options.max_size = git_off_t(limit)
    options.notify_cb = { _, delta, _, _ in
      guard let delta = delta?.pointee, delta.status == GIT_DELTA_UNTRACKED,
        let path = delta.new_file.path
      else { return 0 }
      let name = String(cString: path).split(separator: "/").last ?? ""
      return name.hasPrefix(".") ? 1 : 0
    }
    var difference: OpaquePointer?
    defer { git_diff_free(difference) }
    let code = git_diff_tree_to_workdir_with_index(
      &difference, repository.pointer, tree, &options)
    guard code == 0, let difference else {
      miss("diff", because: GitFailure(code).message)
      return
    }
    let patch = PatchText(limit: limit)
    let printed = git_diff_print(
      difference, GIT_DIFF_FORMAT_PATCH,
      { _, _, line, payload in
        guard let payload, let line = line?.pointee else { return -1 }
        let patch = Unmanaged<PatchText>.fromOpaque(payload).takeUnretainedValue()
        return patch.append(line) ? 0 : PatchText.full
      }, Unmanaged.passUnretained(patch).toOpaque())
    guard printed == 0 || printed == PatchText.full else {
      miss("diff", because: GitFailure(printed).message)
      return
    }
    diff = String(decoding: patch.bytes, as: UTF8.self)
    if patch.isFull { miss("rest of the diff", because: "it is longer than \(limit) bytes") }
    if patch.hasBinary {
      miss("binary changes", because: "the diff names binary or large files without their content")
    }
  }
}

/// Collects the lines of a patch up to a limit.
private final class PatchText {
  static let full: Int32 = -7001
  let limit: Int
  var bytes: [UInt8] = []
  var isFull = false
  var hasBinary = false

  init(limit: Int) { self.limit = limit }

  /// Appends one line; false when it does not fit.
  func append(_ line: git_diff_line) -> Bool {
    let origin = UInt8(bitPattern: line.origin)
    if origin == UInt8(ascii: "B") { hasBinary = true }
    let content = UnsafeRawBufferPointer(start: line.content, count: Int(line.content_len))
    guard bytes.count + content.count + 1 <= limit else {
      isFull = true
      return false
    }
    if origin == UInt8(ascii: "+") || origin == UInt8(ascii: "-") || origin == UInt8(ascii: " ") {
      bytes.append(origin)
    }
    bytes.append(contentsOf: content)
    return true
  }
}
