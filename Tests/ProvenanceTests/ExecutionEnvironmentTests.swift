import Foundation
import Provenance
import Testing

struct `The execution environment` {
  @Test func `names the machine and the compiler, and no host`() throws {
    let machine = ExecutionEnvironment(simdLevel: "avx2", simdLevels: ["scalar", "avx2"])
    #expect(!machine.processor.isEmpty)
    #expect(["x86_64", "aarch64"].contains(machine.architecture))
    #expect(machine.simdLevel == "avx2")
    #expect(machine.cores >= 1)
    #expect(machine.memoryBytes > 1 << 20)
    #expect(machine.kernel.hasPrefix("Linux "))
    #expect(machine.toolchain.hasPrefix("Swift 6."))
    let text = String(decoding: try JSONEncoder().encode(machine), as: UTF8.self)
    #expect(!text.contains("\"\(ProcessInfo.processInfo.hostName)\""))
  }

  @Test func `is the same when read again`() throws {
    let machine = ExecutionEnvironment(simdLevel: "scalar", simdLevels: ["scalar"])
    #expect(machine == ExecutionEnvironment(simdLevel: "scalar", simdLevels: ["scalar"]))
    let data = try JSONEncoder().encode(machine)
    #expect(try JSONDecoder().decode(ExecutionEnvironment.self, from: data) == machine)
  }
}
