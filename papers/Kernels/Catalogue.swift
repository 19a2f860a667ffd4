public import Replication

/// Kernels, infinite width, classical estimators and generalization bounds.
public let kernelPapers: [any Replication.Type] = [
  Roberts2021PrinciplesDLTheory.self
]
