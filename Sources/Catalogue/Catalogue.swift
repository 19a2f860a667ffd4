import Kernels
import LinearModels
public import Replication
import TrainingDynamics

/// Every paper, theme by theme.
public let catalogue: [any Replication.Type] = linearModels + kernelPapers + trainingDynamics
