/// Stops the program with a message where a condition does not hold.
///
/// Unlike `precondition`, it prints its message in release builds too: a trial that stops must say
/// which operation and which shapes stopped it.
@inlinable
@inline(__always)
package func require(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  if !condition() { fatalError(message(), file: file, line: line) }
}
