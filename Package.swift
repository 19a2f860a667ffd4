// swift-tools-version: 6.2
import Foundation
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A library target under `Sources`, in Swift 6 mode with warnings as errors.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A theme: one target for a folder of papers, each of which keeps its notes beside its code.
func theme(_ name: String) -> Target {
  let folder = "\(Context.packageDirectory)/papers/\(name)"
  let papers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return .target(
    name: name, dependencies: ["TrainingCore", "Replication"], path: "papers/\(name)",
    exclude: papers.sorted().map { "\($0)/NOTES.md" }
      .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") },
    swiftSettings: strict)
}

/// The tests of one target, under `Tests`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], resources: resources,
    swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let networking: [Target.Dependency] = ["NIOCore", "NIOHTTP1", "NIOPosix"].map {
  .product(name: $0, package: "swift-nio")
}

let package = Package(
  name: "replicate",
  products: [
    .executable(name: "replicate", targets: ["replicate"]),
    .library(name: "TrainingCore", targets: ["TrainingCore"]),
    .library(name: "Replication", targets: ["Replication"]),
    .library(name: "Commands", targets: ["Commands"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    // System libraries; `ci/setup` installs their headers.
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CGit", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),

    // The training core, from the kernels up.
    library("Diagnostics"),
    library("Digests", ["CNettle"]),
    .target(name: "CKernels"),
    library("Tensors", ["CKernels", "Digests"]),
    library("LinearAlgebra", ["Tensors", "Diagnostics"]),
    library("Neural", ["Tensors", "LinearAlgebra", "Digests", "Diagnostics"]),
    library("Datasets", ["Tensors", "Digests", "Diagnostics", "CArchive"]),
    library("TrainingCore", ["Tensors", "LinearAlgebra", "Neural", "Datasets"]),

    // Declaring and judging.
    library("Evidence", ["Tensors"]),
    library("Replication", ["Tensors", "Datasets", "Evidence", "Digests", "Diagnostics"]),

    // The papers.
    theme("LinearModels"),
    theme("Kernels"),
    theme("TrainingDynamics"),
    library("Catalogue", ["Replication", "LinearModels", "Kernels", "TrainingDynamics"]),

    // Running and recording.
    library("Provenance", ["CGit", "Digests", "Diagnostics"]),
    .target(
      name: "Registry", dependencies: ["Digests", "Diagnostics", "Provenance", grdb],
      resources: [
        .embedInCode("Schema/0001-foundation.sql"),
        .embedInCode("Schema/0002-rejudgements.sql"),
        .embedInCode("Schema/0003-judgements-in-brief.sql"),
      ], swiftSettings: strict),
    library(
      "Runner",
      [
        "Replication", "Evidence", "Tensors", "Digests", "Diagnostics", "Datasets", "Provenance",
        "Registry", subprocess, system,
      ]),
    .target(
      name: "Reports",
      dependencies: [
        "Runner", "Registry", "Provenance", "Replication", "Evidence", "Datasets", "Digests",
        "Diagnostics",
      ],
      resources: [
        .embedInCode("Assets/site.css"), .embedInCode("Assets/figure.css"),
        .embedInCode("Assets/site.js"), .embedInCode("Assets/icon.svg"),
      ], swiftSettings: strict),
    library("Browser", ["Reports", "Diagnostics"] + networking),
    library(
      "Commands",
      [
        "Browser", "Reports", "Runner", "Registry", "Provenance", "Replication", "Evidence",
        "Tensors", "Datasets", "Digests", "Diagnostics", argumentParser,
      ]),
    .executableTarget(
      name: "replicate", dependencies: ["Commands", "Catalogue"], swiftSettings: strict),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("DigestsTests", ["Digests"]),
    tests("TensorsTests", ["BitCorpus", "Tensors", "Digests"], resources: [.copy("Fixtures")]),
    tests("LinearAlgebraTests", ["LinearAlgebra", "Tensors"], resources: [.copy("Fixtures")]),
    tests("NeuralTests", ["Neural", "Tensors", "LinearAlgebra"], resources: [.copy("Fixtures")]),
    tests("DatasetsTests", ["Datasets", "Digests", "Tensors"], resources: [.copy("Fixtures")]),
    tests("EvidenceTests", ["Evidence", "Tensors"], resources: [.copy("Fixtures")]),
    tests(
      "ReplicationTests",
      ["Replication", "FixturePapers", "Evidence", "Tensors", "Digests", "Datasets"]),
    tests("ProvenanceTests", ["Provenance", "Digests"]),
    tests("RegistryTests", ["Registry", "Provenance", "Digests", grdb]),
    // What `ci/reproduce-bits` computes, and the program that prints it.
    .target(
      name: "BitCorpus",
      dependencies: ["Digests", "Tensors", "LinearAlgebra", "Neural", "Datasets"],
      path: "Tests/BitCorpus", swiftSettings: strict),
    .executableTarget(
      name: "replicate-bits", dependencies: ["BitCorpus", "Tensors"], path: "Tests/Bits",
      swiftSettings: strict),
    tests("BitContractTests", ["BitCorpus", "Tensors"]),
    // The snippets of docs/core-tour.md, which `ci/check` compares with it.
    .target(
      name: "CoreTour", dependencies: ["TrainingCore", "Replication"], path: "Tests/CoreTour",
      swiftSettings: strict),
    // Our side of `ci/bench`.
    .executableTarget(
      name: "replicate-bench", dependencies: ["TrainingCore"], path: "Tests/Bench",
      exclude: ["compare.py", "jax_worker.py", "torch_worker.py", "worker.py"],
      swiftSettings: strict),
    // What `ci/simulate-judging` measures.
    .executableTarget(
      name: "replicate-simulate", dependencies: ["Evidence", "Tensors"],
      path: "Tests/JudgingSimulation", swiftSettings: strict),
    // A registry of any size, for the tests of pages and for measuring them.
    .target(
      name: "SyntheticRegistry",
      dependencies: ["Registry", "Replication", "Provenance", "Digests"],
      path: "Tests/SyntheticRegistry", swiftSettings: strict),
    .executableTarget(
      name: "replicate-synthetic", dependencies: ["SyntheticRegistry", "Registry"],
      path: "Tests/SyntheticProgram", swiftSettings: strict),
    tests(
      "ReportsTests",
      [
        "Reports", "SyntheticRegistry", "FixturePapers", "Runner", "Registry", "Replication",
        "Evidence", "Digests",
      ]),
    tests(
      "BrowserTests",
      [
        "Browser", "Reports", "SyntheticRegistry", "FixturePapers", "Registry", "Replication",
        "Digests",
      ]),
    // Papers that misbehave, and the program that runs them, for the tests of runner and commands.
    .target(
      name: "FixturePapers", dependencies: ["Replication", "Tensors", "Datasets"],
      path: "Tests/FixturePapers", exclude: ["NOTES.md"], swiftSettings: strict),
    .executableTarget(
      name: "replicate-fixtures", dependencies: ["Commands", "FixturePapers"],
      path: "Tests/FixtureProgram", swiftSettings: strict),
    tests(
      "RunnerTests",
      [
        "Runner", "Registry", "Replication", "FixturePapers", "Provenance", "Digests", "Evidence",
        "Datasets", "replicate-fixtures",
      ]),
    tests(
      "CommandTests",
      [
        "Registry", "Provenance", "Digests", "SyntheticRegistry", "replicate", "replicate-fixtures",
      ]),
    tests(
      "CatalogueTests",
      [
        "Catalogue", "Replication", "Runner", "Registry", "Provenance", "Datasets", "Evidence",
        "Digests",
        "Tensors", "replicate",
      ]),
  ]
)
