"""Where the EM begins: axes that a battery's style does not lead, and seeds that find what is apart."""

from __future__ import annotations

import numpy as np

from research_kit.personas.design import Design
from research_kit.personas.starts import axes, responsibilities


def design(scores: np.ndarray, nominal: np.ndarray | None = None) -> Design:
    people, items = scores.shape
    none = np.zeros((people, 0)) if nominal is None else nominal
    return Design(
        scores=scores, seen=np.ones_like(scores), levels=np.zeros(scores.shape, dtype=int), level_scores=np.zeros((items, 2)),
        level_exists=np.ones((items, 2), dtype=bool), battery=np.zeros(items, dtype=int), ordered_weight=np.ones(items), nominal=none,
        spans=((0, none.shape[1]),) if none.shape[1] else (), nominal_weight=np.ones(none.shape[1]),
    )  # fmt: skip


def test_centred_axes_do_not_see_who_ticks_high_everywhere() -> None:
    style = np.repeat([1.0, -1.0], 20)[:, None] * np.ones((40, 4))
    taste = np.tile([1.0, -1.0], 20)[:, None] * np.array([1.0, 1.0, -1.0, -1.0]) * 0.5
    plain = axes(design(style + taste), centred=False)
    centred = axes(design(style + taste), centred=True)

    assert abs(np.corrcoef(plain[:, 0], style[:, 0])[0, 1]) > 0.99
    assert abs(np.corrcoef(centred[:, 0], taste[:, 0])[0, 1]) > 0.99
    assert np.abs(centred @ np.ones(centred.shape[1])).max() > 0
    assert np.allclose(plain.mean(axis=0), 0)


def test_rare_choices_weigh_more_than_common_ones_and_eight_axes_are_the_most() -> None:
    chosen = np.zeros((40, 3))
    chosen[np.arange(40), np.where(np.arange(40) < 4, 0, np.where(np.arange(40) < 20, 1, 2))] = 1.0
    points = axes(design(np.zeros((40, 0)), chosen), centred=False)

    assert np.linalg.norm(points[0]) > 2 * np.linalg.norm(points[30])
    assert axes(design(np.random.default_rng(0).normal(size=(40, 12))), centred=False).shape == (40, 8)


def test_seeds_find_groups_that_are_apart_and_leave_a_doubt() -> None:
    points = np.concatenate([np.zeros((10, 2)), np.full((10, 2), 50.0), np.array([[50.0, 0.0]] * 10)])
    found = responsibilities(points, 3, np.random.default_rng(0))

    assert found.shape == (3, 30)
    assert np.allclose(found.sum(axis=0), 1)
    assert sorted({float(v) for v in found.round(3).ravel()}) == [0.075, 0.85]
    group = found.argmax(axis=0)
    assert [len(set(group[i : i + 10].tolist())) for i in (0, 10, 20)] == [1, 1, 1]
    assert len(set(group.tolist())) == 3


def test_people_who_are_all_alike_are_no_error() -> None:
    assert np.allclose(responsibilities(np.zeros((6, 2)), 2, np.random.default_rng(1)).sum(axis=0), 1)
