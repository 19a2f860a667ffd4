/// An error of the world that can be told to a person: what is wrong, and what to do.
///
/// Cases hold facts; these two texts are worded from them and are the only ones that are shown.
public protocol Diagnosable: Error {
  /// What is wrong, and where.
  var problem: String { get }
  /// What to do about it.
  var remedy: String { get }
}
