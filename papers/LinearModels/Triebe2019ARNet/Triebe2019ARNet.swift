import Replication
import TrainingCore

/// An autoregression trained as a one-layer network learns what least squares does, at a cost linear
/// in its order, and with a special penalty finds the few lags of a model much too large.
enum Triebe2019ARNet: Replication {
  static let paper = Paper(
    "triebe2019-ar-net", .arxiv("1911.12436"), year: 2019,
    title: "AR-Net: A simple Auto-Regressive Neural Network for time-series",
    authors: ["Oskar J. Triebe", "Nikolay Laptev", "Ram Rajagopal"])

  static let departures = [
    """
    Series have 50 000 values to train on and 25 000 to test on, the paper's 100 000 and 25 000; \
    orders end at 20 (dense) and 300 (sparse), the paper's at 1000. The full tier has the paper's sizes.
    """,
    """
    Networks train for 20 epochs at a rate of 1e-3, times 0.8 an epoch, with the penalty raised over \
    five epochs; the paper's 10 epochs at 2e-4, times 0.9, are the full tier's.
    """,
    "The schedule on small data, which the paper does not give, is ours.",
    "Training times are not measured, since a clock reaches no outcome: operations are counted.",
    "A draw of coefficients is redrawn until its reflection coefficients say it is stationary.",
  ]

  /// Where the coefficients of a series come from.
  enum Coefficients: String, Codable {
    /// As many as the model's order, drawn at random.
    case dense
    /// 0.2, 0.3 and −0.5 on lags 1, 2 and 3.
    case firstLags
    /// The same on lags 1, 3 and 10.
    case spreadLags
  }

  /// What is added to the mean squared error.
  enum Penalty: String, Codable {
    case none
    /// The paper's R(w).
    case sparsity
    /// The sum of the weights' sizes, as in the LASSO.
    case absolute
  }

  /// How a network is trained.
  struct Schedule: Codable, Hashable {
    var rate = 1e-3
    /// By what the rate is multiplied after each epoch.
    var decay = 0.8
    var epochs = 20
    var batch = 128
    /// The epochs over which the penalty is raised from zero.
    var ramp = 5
  }

  struct Setup: Codable, Hashable {
    var coefficients: Coefficients
    /// p, the orders of the models that are fitted to a series.
    var orders: [Int]
    var train = 50_000
    var test = 25_000
    /// Whether networks are trained, beside least squares.
    var trains = true
    var penalty = Penalty.none
    /// c_λ of the paper's penalty; the weight of the other one.
    var strength = 0.02
    /// The share of nonzero weights that the user guesses, over the true one.
    var guess = 1.0
    var schedule = Schedule()
    /// Whether operations are counted instead.
    var counts = false
  }

  /// Curves over the order p; those that do not apply to a setup stay empty, which is an error to
  /// whatever reads them.
  struct Outcome: Codable {
    /// The symmetric total percentage error of the coefficients by least squares.
    var classicError = Series<Lags, Percent>()
    /// The same of the network.
    var netError = Series<Lags, Percent>()
    /// The greatest |ŵ_net − ŵ_ls|.
    var coefficientGap = Series<Lags, Ratio>()
    /// |MSE_net − MSE_ls| / MSE_ls of forecasts on the test part.
    var forecastGap = Series<Lags, Ratio>()
    /// The same with the network's lags in reverse order.
    var reversedGap = Series<Lags, Ratio>()
    /// The MSE of the network's forecasts; the noise has variance 1.
    var netLoss = Series<Lags, Loss>()
    /// The MSE of the forecasts of least squares.
    var classicLoss = Series<Lags, Loss>()
    /// The greatest |ŵ − w| of the network on lags where w is not zero.
    var trueLagError = Series<Lags, Ratio>()
    /// How many of the network's weights are below 0.01 in size.
    var smallWeights = Series<Lags, Count>()
    /// The operations of one epoch of the network.
    var netOperations = Series<Lags, Count>()
    /// Those of an epoch with a hidden layer of p units.
    var hiddenOperations = Series<Lags, Count>()
    /// Those of forming the normal equations.
    var classicOperations = Series<Lags, Count>()
    /// Those of forming them from autocovariances.
    var covarianceOperations = Series<Lags, Count>()
  }

  /// A number of lags.
  struct Lags: Quantity {
    static let unit = "lag"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    setup.counts ? try operations(setup, in: trial) : try fits(setup, in: trial)
  }
}
