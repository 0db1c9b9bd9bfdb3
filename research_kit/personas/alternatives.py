"""What could explain the answers without personas: people who differ by degree, or questions that go together in pairs.

Degrees. The rival of k classes is one class whose people differ by a normal trait with a loading of its own for every item (the same
engine: every item is a battery of one). Two classes and one trait have about as many parameters, and fit the same correlations; only the
shape of the distribution tells them apart. Source: Markon & Krueger (2006), information-theoretic comparison of latent distributions.

Pairs. Near-synonymous questions go together for everybody. The rival is one class in which each question depends on one other: the tree that
explains most (Chow & Liu 1968). Personas make all their questions go together and beat it; a few twins do not.
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


def pair_gain(design: Design, price: float) -> float:
    """Penalised deviance that the best tree of paired questions takes off one class; ``price`` per parameter.

    Two ordered items cost one parameter (their correlation), an ordered and a nominal one its levels, two nominal ones their table. Each
    person's own mean is taken out of every battery first: response style is no pair.
    """
    gain = _pair_gains(replace(design, scores=_centred(design)), price)
    total, inside = 0.0, np.zeros(len(gain), dtype=bool)
    inside[:1] = True
    while not inside.all():
        open_edges = np.where(inside[:, None] & ~inside[None], gain, -1.0)
        best = int(open_edges.argmax()) % len(gain)
        total += max(0.0, float(open_edges.max()))
        inside[best] = True
    return total


def _pair_gains(design: Design, price: float) -> Array:
    """(items, items): deviance explained by each pair, less its price; at least 0. Items are counted as in ``trait_design``."""
    ordered = design.scores.shape[1]
    seen = [design.seen[:, [j]] for j in range(ordered)]
    columns = [design.scores[:, [j]] for j in range(ordered)]
    for start, stop in design.spans:
        one_hot = design.nominal[:, start:stop]
        seen.append(one_hot.sum(axis=1, keepdims=True))
        columns.append(one_hot[:, 1:])
    weight = np.concatenate([design.ordered_weight, design.nominal_weight[[start for start, _ in design.spans]]])
    out = np.zeros((len(columns), len(columns)))
    for i in range(len(columns)):
        for j in range(i):
            both = (seen[i] * seen[j])[:, 0] > 0
            if both.sum() < 20:
                continue
            explained = -float(both.sum()) * np.log1p(-_shared(columns[i][both], columns[j][both]))
            free = columns[i].shape[1] * columns[j].shape[1]
            out[i, j] = out[j, i] = max(0.0, min(weight[i], weight[j]) * explained - price * free)
    return out


def _centred(design: Design) -> Array:
    scores = design.scores.copy()
    for g in range(design.batteries):
        items = design.battery == g
        seen = design.seen[:, items]
        mean = scores[:, items].sum(axis=1, keepdims=True) / np.maximum(seen.sum(axis=1, keepdims=True), 1.0)
        scores[:, items] -= seen * mean
    return np.asarray(scores)


def _shared(a: Array, b: Array) -> float:
    """Share of variance that two sets of columns have in common: 1 - the product of (1 - squared canonical correlation)."""
    qa, qb = (np.linalg.svd(x - x.mean(axis=0), full_matrices=False) for x in (a, b))
    left, right = qa[0][:, qa[1] > 1e-8], qb[0][:, qb[1] > 1e-8]
    if not left.shape[1] or not right.shape[1]:
        return 0.0
    canonical = np.linalg.svd(left.T @ right, compute_uv=False).clip(0, 0.9999)
    return float(1 - np.prod(1 - canonical**2))


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
