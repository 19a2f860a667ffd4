import Catalogue
import Commands

@main
enum ReplicateMain {
  static func main() async { await Replicate.main(catalogue: catalogue) }
}
