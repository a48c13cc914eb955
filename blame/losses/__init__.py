"""How wrong a prediction is: the losses, and what they compare with."""

from blame.losses.loss import Fused, Loss, LossFunction, check_domain
from blame.losses.losses import LOSSES, find_loss

__all__ = ["LOSSES", "Fused", "Loss", "LossFunction", "check_domain", "find_loss"]
