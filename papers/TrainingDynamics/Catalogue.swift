public import Replication

/// Grokking, double descent, what is learned when.
public let trainingDynamics: [any Replication.Type] = [
  Nakkiran2019SGDComplexity.self
]
