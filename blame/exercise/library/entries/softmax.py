"""Softmax and cross-entropy, up to one hidden layer."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.library.derived import loss_with_penalty
from blame.exercise.library.entry import Derived, Entry
from blame.network import Layer, Network

FOLLOWS = "Right for the sum it started from; that sum, z2[1], was added up wrongly."

ENTRIES = (
    Entry(
        key="cs763-softmax",
        title="Cross-entropy criterion: gradient at the logits",
        source="IIT Bombay, github.com/cs763/Spring2018",
        special=(
            "Nothing but softmax and cross-entropy: the inputs are the logits, and the blame "
            "at each is its share minus its target."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer(
                        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
                        [0.0, 0.0, 0.0],
                        "softmax",
                    ),
                )
            ),
            x=[3.2, 5.1, -1.7],
            target=[1, 0, 0],
            loss="cross_entropy_sum",
        ),
        tags=("Torch", "notebook", "logits"),
        published={
            0: {
                "loss": 2.0403551528,
                "y_pred[0]": 0.13,
                "y_pred[1]": 0.869,
                "y_pred[2]": 0.001,
                "d_z1[0]": -0.87,
                "d_z1[1]": 0.869,
                "d_z1[2]": 0.001,
            }
        },
    ),
    Entry(
        key="postnetwork-softmax",
        title="3-2-2 sigmoid, softmax + cross-entropy",
        source="Bindeshwar Singh Kushwaha, postnetwork.co",
        special=(
            "One sum of three terms is added wrongly, and shares and loss follow it: a good "
            "one to find by hand."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.2, -0.5], [-0.3, 0.1], [0.4, 0.2]], [0.5, 0.5], "sigmoid"),
                    Layer([[0.3, -0.1], [0.4, 0.2]], [0.1, 0.1], "softmax"),
                )
            ),
            x=[1, 2, -1],
            target=[1, 0],
            loss="cross_entropy_sum",
            tied=("b1", "b2"),
        ),
        tags=("slides", "w1 to w10"),
        published={
            0: {
                "z1[0]": -0.3,
                "z1[1]": 0.0,
                "a1[0]": 0.426,
                "a1[1]": 0.5,
                "z2[0]": 0.428,
                "z2[1]": 0.185,
                "y_pred[0]": 0.561,
                "y_pred[1]": 0.439,
                "loss": 0.579,
            }
        },
        own_names={"w7": "W2[0, 0]", "w8": "W2[0, 1]", "w9": "W2[1, 0]", "w10": "W2[1, 1]"},
        wrong={
            0: {
                "z2[1]": "Its three terms add up to 0.157.",
                "y_pred[0]": FOLLOWS,
                "y_pred[1]": FOLLOWS,
                "loss": FOLLOWS,
            }
        },
    ),
    Entry(
        key="cs231n-toy",
        title="Assignment 1, toy two-layer net",
        source="Stanford CS231n, assignment 1, cs231n.github.io",
        special=(
            "Five samples through ten hidden neurons, drawn from a seed; the weight decay is "
            "twice the course's 0.05, because its penalty is written without one half."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer(
                        [
                            [
                                0.1764052345967664,
                                0.040015720836722335,
                                0.09787379841057392,
                                0.2240893199201458,
                                0.18675579901499675,
                                -0.0977277879876411,
                                0.09500884175255894,
                                -0.01513572082976979,
                                -0.010321885179355785,
                                0.04105985019383723,
                            ],
                            [
                                0.014404357116087799,
                                0.1454273506962975,
                                0.07610377251469935,
                                0.012167501649282842,
                                0.04438632327454257,
                                0.033367432737426685,
                                0.14940790731576062,
                                -0.020515826376580087,
                                0.03130677016509014,
                                -0.08540957393017248,
                            ],
                            [
                                -0.25529898158340786,
                                0.06536185954403606,
                                0.08644361988595058,
                                -0.0742165020406442,
                                0.22697546239876076,
                                -0.1454365674598765,
                                0.004575851730144607,
                                -0.01871838500258336,
                                0.15327792143584576,
                                0.1469358769900285,
                            ],
                            [
                                0.015494742569691631,
                                0.03781625196021736,
                                -0.08877857476301128,
                                -0.1980796468223927,
                                -0.034791214932615264,
                                0.015634896910398006,
                                0.12302906807277209,
                                0.12023798487844113,
                                -0.03873268174079523,
                                -0.03023027505753356,
                            ],
                        ],
                        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                        "relu",
                    ),
                    Layer(
                        [
                            [-0.10485529650670927, -0.14200179371789753, -0.17062701906250127],
                            [0.19507753952317897, -0.050965218175165354, -0.04380743016111864],
                            [-0.12527953600499261, 0.07774903558319102, -0.16138978475579516],
                            [-0.02127402802139687, -0.08954665611936757, 0.0386902497859262],
                            [-0.051080513756887304, -0.11806321841224121, -0.002818222833865487],
                            [0.04283318705304177, 0.006651722238316789, 0.03024718977397814],
                            [-0.06343220936809636, -0.03627411659871382, -0.0672460447775951],
                            [-0.03595531615405413, -0.0813146282044454, -0.17262826023316769],
                            [0.017742614225375285, -0.040178093620826194, -0.16301983469660447],
                            [0.04627822555257742, -0.09072983643832422, 0.005194539579613896],
                        ],
                        [0.0, 0.0, 0.0],
                        "softmax",
                    ),
                )
            ),
            x=[
                [16.243453636632417, -6.117564136500754, -5.2817175226345565, -10.729686221561705],
                [8.654076293246785, -23.015386968802826, 17.4481176421648, -7.612069008951028],
                [3.1903909605709857, -2.493703754774101, 14.621079370449742, -20.60140709497654],
                [-3.224172040135075, -3.8405435466841564, 11.337694423354375, -10.998912673140309],
                [-1.7242820755043575, -8.778584179213718, 0.4221374671559283, 5.828152137158222],
            ],
            target=[
                [1.0, 0.0, 0.0],
                [0.0, 1.0, 0.0],
                [0.0, 0.0, 1.0],
                [0.0, 0.0, 1.0],
                [0.0, 1.0, 0.0],
            ],
            loss="cross_entropy",
            weight_decay=0.1,
        ),
        tags=("NumPy", "seed", "class index", "weight decay"),
        published={0: {"z2[1, 0]": -0.17129677, "z2[1, 1]": -1.18803311, "z2[1, 2]": -0.47310444}},
        derived=(
            Derived(
                "loss with 0.05 times the sum of all squared weights",
                1.30378789133,
                loss_with_penalty,
            ),
        ),
    ),
)
