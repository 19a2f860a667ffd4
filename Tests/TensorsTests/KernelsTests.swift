import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite(.serialized)
struct `Levels and threads` {
  @Test func `start at the best level of the processor`() throws {
    try Kernels.check()
    #expect(Kernels.level.isSupported)
  }

  @Test func `stop on a level that does not exist`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      setenv("REPLICATE_SIMD", "sse9", 1)
      do throws(KernelsError) {
        try Kernels.check()
      } catch {
        let named = error.problem.contains("'sse9'") && error.remedy.contains("scalar")
        exit(named ? 7 : 8)
      }
    }
    await #expect(processExitsWith: .failure) {
      setenv("REPLICATE_SIMD", "", 1)
      _ = Tensors.exp(1.0)
    }
  }

  @Test func `stop on a level that the processor lacks`() async throws {
    await #expect(processExitsWith: .exitCode(7)) {
      let missing = Kernels.Level.allCases.first { !$0.isSupported }
      setenv("REPLICATE_SIMD", missing?.rawValue ?? "none", 1)
      do throws(KernelsError) {
        try Kernels.check()
      } catch {
        exit(error.problem.contains("This CPU cannot run") ? 7 : 8)
      }
    }
  }

  @Test func `run at the level that is asked for`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      setenv("REPLICATE_SIMD", "scalar", 1)
      exit(Kernels.level == .scalar || Kernels.level == .portable ? 7 : 8)
    }
  }

  @Test func `refuse a number of threads below one`() async {
    await #expect(processExitsWith: .failure) { Kernels.threads = 0 }
  }
}
