public import Replication
import LinearModels
import TrainingDynamics

/// Every paper, theme by theme.
public let catalogue: [any Replication.Type] = linearModels + trainingDynamics
