public import Replication

/// Linear and convex problems: closed forms, solvers, continual learning.
public let linearModels: [any Replication.Type] = [
  Goldfarb2024TaskSimilarity.self,
  Tyurin2024LogisticToPerceptron.self,
  Woodruff2023LpSensitivity.self,
  Liu2022SparsityConstrainedOT.self,
  Wang2023ActiveMultitaskLasso.self,
  Evron2023ContinualSeparable.self,
  Nutini2017BlockCoordinateDescent.self,
  Triebe2019ARNet.self,
]
