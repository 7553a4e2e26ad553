"""Scores an act by what card, device and payee did in the last hour."""

from dataclasses import dataclass

BUDGET_MS = 30


@dataclass(frozen=True)
class Signal:
    score: float
    reasons: tuple[str, ...]


def score(features: dict[str, float], model) -> Signal:
    missing = [name for name in model.needs if name not in features]
    if missing:
        # Saying so is better than guessing: the caller asks the customer instead.
        return Signal(0.5, tuple(f"no {name}" for name in missing))
    value, weights = model.predict(features)
    strongest = sorted(weights, key=lambda name: -abs(weights[name]))[:3]
    return Signal(value, tuple(strongest))
