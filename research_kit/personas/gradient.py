"""Kinds or degrees: would one continuous dimension explain the answers as well as the classes do?

The rival of k classes is one class whose people differ by a normal trait with a loading of its own for every item (the same engine: every
item is a battery of one). Two classes and one trait have about as many parameters, and fit the same correlations; only the shape of the
distribution tells them apart. Source: Markon & Krueger (2006), information-theoretic comparison of latent distributions.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from research_kit.personas.mixture import Array, Design, Parameters, Prior, fit, initial

_TRAIT_NODES = 21


def trait_design(design: Design, classes: Parameters) -> Design:
    """Every item ordered, and a battery of its own. The levels of a nominal item are placed along the line that separates the classes most."""
    scores, levels, seen, tables = [design.scores], [design.levels], [design.seen], [design.level_scores]
    width = max([design.level_scores.shape[1], *(stop - start for start, stop in design.spans)])
    exists = [_padded(design.level_exists, width)]
    tables = [_padded(design.level_scores, width)]
    axis = _line(classes)
    for start, stop in design.spans:
        one_hot = design.nominal[:, start:stop]
        place = axis @ (classes.log_theta[0, :, start:stop] - classes.log_theta[0, :, start:stop].mean(axis=0))
        share = one_hot.sum(axis=0) / max(one_hot.sum(), 1.0)
        place = place - share @ place
        place = place / (np.sqrt(share @ place**2) or 1.0)
        scores.append((one_hot @ place)[:, None])
        levels.append(one_hot.argmax(axis=1)[:, None])
        seen.append(one_hot.sum(axis=1)[:, None])
        tables.append(_padded(place[None], width))
        exists.append(_padded(np.ones((1, stop - start), dtype=bool), width))
    first = [start for start, _ in design.spans]
    weight = np.concatenate([design.ordered_weight, design.nominal_weight[first]])
    return replace(
        design,
        scores=np.concatenate(scores, axis=1),
        levels=np.concatenate(levels, axis=1),
        seen=np.concatenate(seen, axis=1),
        level_scores=np.concatenate(tables),
        level_exists=np.concatenate(exists),
        ordered_weight=weight,
        battery=np.arange(len(weight)),
        nominal=np.zeros((design.n, 0)),
        spans=(),
        nominal_weight=np.zeros(0),
        nodes=_TRAIT_NODES,
    )


def trait_fit(design: Design, classes: Parameters, prior: Prior) -> tuple[float, int]:
    """Log likelihood of the one-trait model, and its free parameters beyond the margins."""
    trait = trait_design(design, classes)
    rows = np.ones((1, design.n))
    p = initial(trait, np.ones((1, 1, design.n)), rows, prior)
    # A trait needs a direction to begin with: the side of the line on which the classes put each item.
    axis = _line(classes)
    side = np.concatenate([np.sign(axis @ classes.beta[0]), np.ones(len(design.spans))])
    p, ll = fit(trait, replace(p, tau=0.3 * np.where(side == 0, 1.0, side)[None]), rows, prior=prior, iterations=120)
    free = trait.scores.shape[1] + sum(stop - start - 2 for start, stop in design.spans)
    return float(ll[0]), free


def _line(classes: Parameters) -> Array:
    """(k,): where each class lies on the direction in which classes differ most; shares weigh."""
    share = np.exp(classes.log_share[0])
    places = np.concatenate([classes.beta[0], classes.log_theta[0]], axis=1)
    places = (places - share @ places) * np.sqrt(share)[:, None]
    left = np.linalg.svd(places, full_matrices=False)[0]
    axis = left[:, 0] / np.sqrt(np.maximum(share, 1e-9))
    return np.asarray(axis * (1.0 if axis[0] >= 0 else -1.0))


def _padded(table: Array, width: int) -> Array:
    return np.pad(table, ((0, 0), (0, width - table.shape[1])))
