import Foundation
import Testing

struct `The pages served` {
  /// Serves while a line of the shell runs, which finds the port in `$port`, and then asks it to stop.
  private func serving(
    _ line: String, stopped signal: String = "TERM", in shell: Shell
  ) throws -> Shell.Output {
    // Only bash can speak to a port.
    let script = """
      timeout 300 $fixtures serve --port 0 --registry r.sqlite > link & server=$!
      for i in $(seq 1000); do [ -s link ] && break; sleep 0.1; done
      port=$(sed 's|.*:\\([0-9]*\\)/|\\1|' link)
      get() { exec 3<>/dev/tcp/127.0.0.1/$port
        printf 'GET %s HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' "$1" >&3; cat <&3; }
      \(line)
      kill -\(signal) $server; wait $server; echo "status $?"
      """
    try Data(script.utf8).write(to: shell.folder.appending(path: "script"))
    return try shell.line("bash script")
  }

  @Test(arguments: [("TERM", 143), ("INT", 130)])
  func `are those of the registry, until a signal ends it`(signal: String, code: Int) throws {
    let shell = try Shell()
    #expect(
      try shell.run(["nobody2011-printing", "--tier", "smoke", "--registry", "r.sqlite"]).status
        == 0)
    let output = try serving("get /papers/nobody2011-printing/", stopped: signal, in: shell)
    #expect(output.text.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(output.errors)")
    #expect(output.text.contains("nobody2011-printing</span>"))
    #expect(output.text.hasSuffix("status \(code)\n"))
    #expect(output.errors == "Ctrl-C ends it\n")
  }

  @Test func `follow a run that another program records`() throws {
    let shell = try Shell()
    #expect(
      try shell.run(["nobody2011-printing", "--tier", "smoke", "--registry", "r.sqlite"]).status
        == 0)
    let output = try serving(
      """
      get /papers/nobody2021-slow/ | grep -c 'runs/../[0-9a-f]*.html'
      $fixtures run nobody2021-slow --tier smoke --registry r.sqlite > run
      for i in $(seq 300); do get /papers/nobody2021-slow/ | grep -q 'runs/../[0-9a-f]*.html' && break
        sleep 0.2; done; echo "after $i"
      """, in: shell)
    #expect(output.text.hasPrefix("0\nafter "), "\(output.text) \(output.errors)")
    #expect(!output.text.contains("after 300\n"))
  }

  @Test(arguments: [
    (["--bind", "0.0.0.0"], "error: other machines could reach 0.0.0.0"),
    (["--bind", "0.0.0.0", "--public"], "error: 0.0.0.0 stands for every address"),
    (["--bind", "nowhere.example"], "error: 'nowhere.example' is no IP address"),
  ])
  func `are not for everybody without being told`(arguments: [String], message: String) throws {
    let output = try Shell().run(["serve", "--port", "0", "--registry", "r.sqlite"] + arguments)
    #expect(output.status == 64)
    #expect(output.errors.hasPrefix(message), "\(output.errors)")
    #expect(output.text.isEmpty)
  }
}
