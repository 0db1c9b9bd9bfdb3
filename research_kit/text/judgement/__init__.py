"""From signs to probabilities: the shipped weights, what a study teaches, and a researcher's own model."""
