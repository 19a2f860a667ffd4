public import Replication

/// Kernels, infinite width, classical estimators and generalization bounds.
public let kernelPapers: [any Replication.Type] = [
  Gastpar2023FantasticMeasures.self,
  He2024LayerwiseBounds.self,
  Simon2023MoreIsBetter.self,
  Radhakrishnan2022WideDeepOptimality.self,
  Tanay2016BoundaryTilting.self,
  Roberts2021PrinciplesDLTheory.self,
  Ge2023UnsupervisedPretraining.self,
  Zheng2023DiscriminativeGenerative.self,
  Chelombiev2019AdaptiveEstimators.self,
]
