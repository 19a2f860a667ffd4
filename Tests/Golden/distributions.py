"""Writes Tests/TensorsTests/Fixtures/distributions.json: 19 quantiles of each, by SciPy."""

import json
import pathlib

import numpy
import scipy
from scipy import stats

cases = {
    "exponential": stats.expon(),
    "laplace": stats.laplace(),
    "cauchy": stats.cauchy(),
    "logNormal 0.5 0.8": stats.lognorm(0.8, scale=numpy.exp(0.5)),
    "truncatedNormal -2 2": stats.truncnorm(-2, 2),
    "truncatedNormal 1 5": stats.truncnorm(1, 5),
    "gamma 0.3": stats.gamma(0.3),
    "gamma 1": stats.gamma(1),
    "gamma 7.5": stats.gamma(7.5),
    "beta 0.5 2": stats.beta(0.5, 2),
    "chiSquare 3": stats.chi2(3),
    "studentT 4": stats.t(4),
    "normal": stats.norm(),
    "uniform": stats.uniform(),
    "dirichlet 0.5 1 2": stats.beta(0.5, 3),
}
places = numpy.arange(1, 20) / 20
document = {
    "made by": "Tests/Golden/distributions.py",
    "scipy": scipy.__version__,
    "quantiles": {name: [float(x) for x in case.ppf(places)] for name, case in cases.items()},
}
path = pathlib.Path(__file__).parent.parent / "TensorsTests/Fixtures/distributions.json"
path.write_text(json.dumps(document, indent=1) + "\n")
