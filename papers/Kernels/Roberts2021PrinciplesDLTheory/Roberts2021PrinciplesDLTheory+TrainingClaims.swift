import Replication
import TrainingCore

// The claims about tangent kernels and trained networks, all from the standard tier on.
extension Roberts2021PrinciplesDLTheory {
  static func trainingClaim(_ claim: Claim) -> Expectation<Self>? {
    switch claim {
    case .tangentKernelDepth:
      return Expectation(
        "At criticality the mean tangent kernel of ReLU networks grows linearly with depth.",
        from: .section("9"),
        that: the(\.tangentKernel, of: .tangentKernel).slope(on: .logLog).within(0.1, of: 1),
        because: """
          the mean is the number of layers at every width (λ_b = 0, λ_W = 1, |x|² = n₀); the slope \
          over forty networks scatters by .06 a seed at n = 256
          """,
        seeds: .mean(of: 10), unlike: .putting(.supercriticalTangentKernel, for: .tangentKernel))
    case .tangentKernelMoves:
      let change = the(\.kernelChange, of: .trained)
      return Expectation(
        "Training moves the tangent kernel less in wider networks and more in deeper ones.",
        from: .section("11"),
        that: change.slope(over: \.kernelChange, on: .logLog).atMost(-0.5),
        (change.value(at: 4, over: \.depth) / change.value(at: 2, over: \.depth)).logarithm
          .average(over: \.kernelChange).atLeast(log(1.3)),
        because: """
          O(L/n) with an O(1/√n) part for directions at random: −½ and steeper over n = 32 to 512; \
          twice the depth would double the change, and 1.3 is the least that counts
          """,
        seeds: .mean(of: 6),
        unlike: .putting(.featureLearning, for: .trained).and(.reversing(\.depth)))
    case .algorithmIndependence:
      let gap = the(\.kernelGap, of: .algorithms)
      return Expectation(
        "Wide networks end at the kernel's prediction, whatever algorithm trains them.",
        from: .section("10"),
        that: (gap.value(at: 64, over: \.kernelGap) / gap.value(at: 1024, over: \.kernelGap))
          .logarithm.atLeast(log(2.0)),
        because: """
          sixteen times the width shrinks the distance by 4 (1/√n) to 16 (1/n); half of the former \
          is the least that counts; the training error left, a root mean square of 10⁻⁴, is a tenth \
          and less of what remains at the greater width
          """,
        seeds: .mean(of: 5), unlike: .putting(\.otherKernelGap, for: \.kernelGap))
    case .criticalTrainsDeep:
      let loss = the(\.countedLoss, of: .deepCritical).last()
      return Expectation(
        "A ReLU network of 32 layers trains at criticality and not off it.", from: .section("5.1"),
        that: (the(\.countedLoss, of: .deepSubcritical).last() - loss).atLeast(0.5),
        (the(\.countedLoss, of: .deepSupercritical).last() - loss).atLeast(0.5),
        because: """
          after equal steps; off criticality signals shrink by .6 or grow by 1.5 a layer, so that one \
          arm stays at ln 10 and the other diverges, which counts as ln 10; half a nat is the least \
          that counts
          """,
        seeds: .mean(of: 5),
        unlike: .putting(.shallowCritical, for: .deepCritical)
          .and(.putting(.shallowSubcritical, for: .deepSubcritical))
          .and(.putting(.shallowSupercritical, for: .deepSupercritical)))
    case .aspectRatio:
      let deepest = the(\.testLoss, of: .depths).last(over: \.testLoss).last(over: \.depth)
      return Expectation(
        "Networks whose depth is half of their width test badly at equal steps.",
        from: .section("A"),
        that: (deepest - the(\.testLoss, of: .depthThree).last(over: \.testLoss)).atLeast(0.5),
        because: """
          the ratio 32/64 is fourteen times the optimum .035 for ReLU and one output, L = 3 is near \
          it; half a nat is the least that counts
          """,
        seeds: .mean(of: 3), unlike: .reversing(\.depth))
    default: return nil
    }
  }
}
