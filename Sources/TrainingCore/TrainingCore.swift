// What a paper imports: the whole training core under one name.
@_exported public import Datasets
@_exported public import LinearAlgebra
@_exported public import Neural
@_exported public import Tensors
