"""What the model computes from the answers once, by hand; where the EM begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from research_kit.personas.design import Design, nodes
from research_kit.personas.starts import axes, responsibilities


def design(battery: tuple[int, ...]) -> Design:
    """Three people, three items of two levels (the last of the first person's missing), one nominal item of three levels."""
    scores = np.array([[-1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [-1.0, -1.0, 1.0]])
    seen = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    return Design(
        scores=scores, seen=seen, levels=((scores > 0) * seen).astype(int), level_scores=np.tile([-1.0, 1.0], (3, 1)),
        level_exists=np.ones((3, 2), dtype=bool), battery=np.array(battery), ordered_weight=np.array([1.0, 0.5, 2.0]),
        nominal=np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 0]]), spans=((0, 3),), nominal_weight=np.ones(3),
    )  # fmt: skip


def test_totals_of_a_battery_are_each_persons_own() -> None:
    made = design((0, 0, -1))

    assert made.battery_totals.tolist() == [[0.0], [2.0], [-2.0]]
    assert made.weighted_totals.tolist() == [[-0.5], [1.5], [-1.5]]
    assert (made.n, made.batteries, made.complete) == (3, 1, False)


def test_taking_people_keeps_what_is_known_of_the_items() -> None:
    some = design((0, 0, -1)).take(np.array([1, 2]))

    assert some.battery_totals.tolist() == [[2.0], [-2.0]]
    assert some.complete
    assert some.spans == ((0, 3),)


def test_keeping_items_keeps_what_belongs_to_them() -> None:
    whole = replace(
        design((0, 0, -1)),
        nominal=np.eye(3)[:, [0, 1, 2, 0, 1]],
        spans=((0, 3), (3, 5)),
        nominal_weight=np.array([1.0, 1, 1, 0.5, 0.5]),
    )
    some = whole.keep(np.array([0, 2, 4]))  # of three ordered items the first and the last, of two nominal ones the second

    assert (whole.items, some.items) == (5, 3)
    assert some.scores.tolist() == [[-1.0, 0.0], [1.0, 1.0], [-1.0, 1.0]]
    assert some.battery.tolist() == [0, -1]
    assert some.ordered_weight.tolist() == [1.0, 2.0]
    assert some.spans == ((0, 2),)
    assert some.nominal.tolist() == [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    assert some.nominal_weight.tolist() == [0.5, 0.5]
    assert whole.keep(np.array([1])).spans == ()


@pytest.mark.parametrize(
    ("battery", "k", "free"), [((0, 0, -1), 1, 1), ((0, 0, -1), 2, 7), ((-1, -1, -1), 3, 12), ((0, 1, 1), 2, 8)]
)
def test_classes_cost_a_weight_and_a_place_per_item_and_style_one_per_battery(
    battery: tuple[int, ...], k: int, free: int
) -> None:
    """Each further class: its share, three ordered items, two free levels of the nominal one."""
    assert design(battery).parameters(k) == free


def test_style_stands_at_places_with_mean_nought_and_variance_one() -> None:
    places, weights = nodes(design((0, 0, -1)))

    assert np.exp(weights).sum() == pytest.approx(1)
    assert (np.exp(weights) * places).sum() == pytest.approx(0)
    assert (np.exp(weights) * places**2).sum() == pytest.approx(1)
    assert [a.tolist() for a in nodes(design((0, 0, -1)).without_style())] == [[0.0], [0.0]]


def test_a_start_puts_people_who_are_apart_into_classes_of_their_own() -> None:
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(0, 0.1, (20, 2)), rng.normal(5, 0.1, (20, 2)), rng.normal((0, 9), 0.1, (20, 2))])

    found = responsibilities(points, 3, np.random.default_rng(1))

    assert found.shape == (3, 60)
    assert found.sum(axis=0) == pytest.approx(np.ones(60))
    own = found.argmax(axis=0).reshape(3, 20)
    assert all(len(set(row.tolist())) == 1 for row in own)
    assert len({int(row[0]) for row in own}) == 3


def test_a_start_is_made_where_everybody_answered_alike() -> None:
    found = responsibilities(np.zeros((10, 1)), 4, np.random.default_rng(0))

    assert found.sum(axis=0) == pytest.approx(np.ones(10))


def test_axes_centred_by_battery_forget_who_says_yes_to_everything() -> None:
    rng = np.random.default_rng(0)
    level = np.repeat([-1.0, 1.0], 30)  # half of the people tick high, half low, whatever is asked
    scores = level[:, None] + rng.normal(0, 0.05, (60, 4))
    made = replace(
        design((0, 0, 0)), scores=scores, seen=np.ones((60, 4)), levels=np.zeros((60, 4), dtype=int), level_scores=np.zeros((4, 2)),
        level_exists=np.ones((4, 2), dtype=bool), battery=np.zeros(4, dtype=int), ordered_weight=np.ones(4), nominal=np.zeros((60, 0)),
        spans=(), nominal_weight=np.zeros(0),
    )  # fmt: skip

    assert abs(np.corrcoef(axes(made, centred=False)[:, 0], level)[0, 1]) > 0.99
    assert abs(np.corrcoef(axes(made, centred=True)[:, 0], level)[0, 1]) < 0.3
