import Commands
import FixturePapers

@main
enum FixtureProgram {
  static func main() async { await Replicate.main(catalogue: fixturePapers) }
}
