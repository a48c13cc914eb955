"""What the words of a text say: activations, loss, rate, sizes, whether there are biases."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ACTS = (
    ("leaky_relu", r"leaky[\s_-]?relu|LeakyReLU|lrelu"),
    ("softplus", r"soft[\s-]?plus"),
    ("softmax", r"soft[\s-]?max"),
    (
        "sigmoid",
        r"sigmoid(?:al|e)?|logistic(?!\s+(?:loss|cost))|logistisch|logsig|sigm\b|σ|\bsigma\b",
    ),
    ("tanh", r"\btanh\b|hyperbolic tangent|tangens hyp|tangente hyp|tangente hip|tansig|Tanh\b"),
    ("relu", r"\brelu\b|ReLU|rectif\w{0,8}(?: linear)?"),
    (
        "identity",
        r"\blinear(?:e[nr]?)?\b|\blinéaire\b|\blineal\b|\bidentit(?:y|ät)\b|no activation|purelin",
    ),
)
_WORD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _ACTS), re.I)
_NUMBER = r"([-+]?(?:\d{1,9}(?:[.,]\d{1,12})?|[.]\d{1,12})(?:e-?\d{1,2})?(?:\s?/\s?\d{1,5})?)"
_RATE = re.compile(
    r"(?:learning[\s_-]?rate(?:_init)?|lernrate|lernschrittweite|step[\s_-]?size"
    r"|taux d.apprentissage|tasa de aprendizaje|tasso di apprendimento"
    r"|\blearning constant|\blr\b|\beta\b"
    r"|η)(?:\s*\(?[ηα]?\)?)"
    rf"[\s,]*(?:\(?(?:eta|alpha|η|α|n|lr)\)?)?[\s]*"
    rf"(?:of|is|ist|beträgt|von|=|:|to|at)?\s*(?:set to\s*)?{_NUMBER}",
    re.I,
)
_SGD = re.compile(rf"\b(?:SGD|Descent)\(\s*{_NUMBER}\s*[,)]")
_MOMENTUM = re.compile(
    rf"\bmomentum(?:\s+(?:of|is|term|constant|factor)|\s*[=:])*\s*{_NUMBER}", re.I
)
_DECAY = re.compile(
    rf"\bweight[\s_-]?decay(?:\s+(?:of|is|term|constant|factor)|\s*[=:])*\s*{_NUMBER}", re.I
)
_LEAK = re.compile(
    rf"(?:leak(?:y[\s_-]?relu)?(?:\s*\(|\s+(?:of|with|is))?"
    rf"|negative[\s_-]slope)[^\d\n.;]{{0,25}}{_NUMBER}",
    re.I,
)
_STEPS = re.compile(
    r"\b(\d{1,6})\s+(?:epochs|iterations|steps|updates|Epochen|Iterationen|Schritte)\b|\b(?:epochs"
    r"|iterations)\s*[=:]\s*(\d{1,6})",
    re.I,
)
_SIZES = re.compile(
    r"(?<![\w.-])(\d{1,3}(?:\s?(?:-|->)\s?\d{1,3}){1,4})(?![\w.-])(?=[^\n]{0,30}(?:net|mlp"
    r"|perceptron|architecture|layer|model)|$)|(?:network|architecture|net|mlp|layers"
    r"|sizes)\b[^\n\d]{0,12}(\d{1,3}(?:\s?[-x]\s?\d{1,3}){1,4})(?![\w.-])",
    re.I | re.M,
)
_NO_BIAS = re.compile(
    r"\b(?:no|without|keine?|ohne|omit\w{0,5}|ignor\w{0,4}|zero|neglect\w{0,4})(?:\s+(?:the|any"
    r"|all))?\s+bias|bias(?:es)?\s+(?:are|is)\s+(?:not|omitted|ignored|absent)|bias-free"
    r"|biasless|bias\s?=\s?False",
    re.I,
)
_ONE_HALF = r"(?:1\s?/\s?2|0?\.5|\bhalf\b|\bone[\s-]half\b)"
_HALF = re.compile(
    rf"{_ONE_HALF}\s?[*(\[{{]|{_ONE_HALF}\s{{0,2}}(?:of\s+)?(?:the\s+)?(?:sum|Σ|\\sum|square"
    rf"|sq\b|\|\||(?:\w{{1,6}}\s?-\s?\w{{1,6}}\)))|\)\s?(?:\^\s?\{{?2\}}?"
    rf"|\*\*\s?2)\s?(?:/\s?2\b|\*\s?0?\.5)|half\s+(?:of\s+)?(?:the\s+)?(?:sum|mean|squared)"
    rf"|SE\s?/\s?2",
    re.I,
)
_SQUARED = re.compile(
    r"\bsum\(\s?e\w{0,6}\.?\s?(?:\^|\*\*)\s?2|quadratische\w? (?:fehler|abweich)|fehlerquadrat"
    r"|squared?[\s-]+(?:error|diff|loss|residual|euclid)|square of the (?:error|diff)"
    r"|\)\s?(?:\^\s?\{?2\}?|\*\*\s?2)|error squared|quadratic (?:cost|loss|error)"
    r"|least squares|\bL2[\s-]loss",
    re.I,
)
_MEAN = re.compile(
    r"\bmean[\s-]+squared?|mse_loss|mittler\w{1,2} quadratisch"
    r"|\bmse\b|MSELoss|average squared|mean of the squared|mean_squared"
    r"|1\s?/\s?[nNm]\b",
    re.I,
)
_SUM = re.compile(
    r"\bsumme der\b|\bsum\(\s?e\w{0,6}\.?\s?(?:\^|\*\*)\s?2"
    r"|\bsum[\s-]+(?:of[\s-]+)?(?:the\s+)?squared?|\bsse\b|\bsum over|reduction\s?=\s?['\"]sum"
    r"|Σ|\bsummed\b",
    re.I,
)
_BINARY = re.compile(
    r"binäre\w? kreuzentropie|binary[\s_-]*cross|\bbce|log[\s-]loss"
    r"|logistic (?:loss|cost)|BCELoss|BCEWithLogits",
    re.I,
)
_CROSS = re.compile(
    r"cross[\s_-]*entropy|kreuz-?entropie|CrossEntropyLoss|NLLLoss|negative log[\s-]likelihood",
    re.I,
)
_REDUCED = re.compile(r"reduction\s?=\s?['\"]sum", re.I)
_ROWS_SAID = re.compile(
    r"\bW\d?\s?(?:@|\*|\\?cdot)?\s?[xa]\d?\s?\+|W\d?\^T|\bW\s?x\b|one row (?:a|per"
    r"|for each) (?:neuron|unit)|row\w{0,2} per (?:neuron|unit)"
)
_COLUMNS_SAID = re.compile(
    r"\b[xXh]\d?\s?(?:@|\*|\\?cdot)?\s?W\d?\b|\ba\d?\s?[@*]\s?W\d?\b|one column (?:a|per"
    r"|for each) (?:neuron|unit)|column\w{0,2} per (?:neuron|unit)|rows? per input"
)


@dataclass
class Hints:
    """What was said, None or empty where nothing was."""

    hidden: str = ""
    output: str = ""
    everywhere: str = ""
    in_order: list[str] = field(default_factory=list)
    """Activations of printed layers, in order; "identity" for a layer without one."""
    loss: str = ""
    """A loss's key; "squared" where its factor is not said; "cross" for any cross-entropy."""
    rate: float | None = None
    momentum: float | None = None
    weight_decay: float | None = None
    leak: float | None = None
    steps: int | None = None
    sizes: tuple[int, ...] = ()
    no_bias: bool = False
    layout: str = ""
    theta_added: bool | None = None
    held: bool | None = None


def as_float(text: str) -> float | None:
    try:
        above, _, below = text.replace(" ", "").replace(",", ".").partition("/")
        return float(above) / float(below) if below else float(above)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def read_hints(text: str) -> Hints:
    """Return what the words of a text say."""
    found = Hints()
    _activations(text, found)
    found.loss = _loss(text)
    rate = _RATE.search(text) or _SGD.search(text)
    found.rate = as_float(rate.group(1)) if rate else None
    momentum = _MOMENTUM.search(text)
    found.momentum = as_float(momentum.group(1)) if momentum else None
    decay = _DECAY.search(text)
    found.weight_decay = as_float(decay.group(1)) if decay else None
    leak = _LEAK.search(text) if "leak" in text.lower() or "slope" in text.lower() else None
    found.leak = as_float(leak.group(1)) if leak else None
    steps = _STEPS.search(text)
    if steps:
        found.steps = int(steps.group(1) or steps.group(2)) or None
    sizes = _SIZES.search(text)
    if sizes:
        found.sizes = tuple(map(int, re.findall(r"\d+", sizes.group())))
    found.no_bias = bool(_NO_BIAS.search(text))
    if _ROWS_SAID.search(text):
        found.layout = "rows"
    elif _COLUMNS_SAID.search(text):
        found.layout = "x_at_W"
    if re.search(
        r"(?:theta|θ|threshold|bias)\w{0,4}[\s)]{1,3}(?:is|are) added|added theta", text, re.I
    ):
        found.theta_added = True
    elif re.search(
        r"(?:theta|θ|threshold|bias)\w{0,4}[\s)]{1,3}(?:is|are) subtracted|-\s?(?:theta|θ)",
        text,
        re.I,
    ):
        found.theta_added = False
    if re.search(
        r"bias(?:es)? (?:is|are|stays?|remains?|held) (?:\w+ )?(?:fixed|constant|held"
        r"|not (?:trained|updated|changed))|(?:not|never) (?:update|train"
        r"|change)\w{0,2} the bias|fixed bias",
        text,
        re.I,
    ):
        found.held = True
    return found


def _activations(text: str, found: Hints) -> None:
    for clause in re.split(r"[.;:\n](?!\d)|,|\band\b|\bund\b|\by una?\b|\bet une?\b|\(|\)", text)[
        :1500
    ]:
        match = _WORD.search(clause)
        if match is None:
            continue
        name = str(match.lastgroup)
        if re.search(r"(?i)\bloss|\bregression", clause) and name in ("identity",):
            continue
        if re.search(
            r"(?i)\boutput|\bausg[aä]|\bsortie|\bsalida|\bfinal\b|\blast layer|\bsecond layer",
            clause,
        ):
            found.output = found.output or name
        elif re.search(
            r"(?i)hidden|verdeckt|versteckt|cachée?s?\b|oculta|first layer|inner", clause
        ):
            found.hidden = found.hidden or name
        elif name == "softmax":
            found.output = found.output or name
        elif name != "identity" or (
            not found.output
            and re.search(r"(?i)neuron|unit|network|netz|activation|aktivier|layer|\bnet\b", clause)
        ):
            found.everywhere = found.everywhere or name
    layers = re.findall(
        r"\b(?:Linear\(|Dense\()|\b(ReLU|Tanh|Sigmoid|LeakyReLU|Softplus|Softmax|LogSoftmax)\(",
        text,
    )
    if re.search(r"\((?:\d+|\w+)\): Linear\(", text):
        for act in layers:
            if not act:
                found.in_order.append("identity")
            elif found.in_order:
                name = {"LeakyReLU": "leaky_relu", "LogSoftmax": "softmax"}.get(act, act.lower())
                found.in_order[-1] = name


def _loss(text: str) -> str:
    if _BINARY.search(text):
        return "bce_sum" if _REDUCED.search(text) else "bce"
    if _CROSS.search(text):
        return "cross_sum" if _REDUCED.search(text) else "cross"
    if _MEAN.search(text):
        return "half_mse" if _HALF.search(text) else "sse" if _REDUCED.search(text) else "mse"
    if _HALF.search(text) and (_SQUARED.search(text) or _SUM.search(text)):
        return "half_sse"
    if _SUM.search(text) and _SQUARED.search(text):
        return "sse"
    return "squared" if _SQUARED.search(text) else ""
