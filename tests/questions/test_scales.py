"""Scales in the words that survey templates and researchers use: the right order, and a direction only where the words give one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from research_kit.questions import scales
from research_kit.questions.found import Found, off_scale
from research_kit.questions.profile import is_missing, profile
from research_kit.questions.views import chinese_half
from research_kit.questions.wording import not_compared, without_mark, wordings

BANK = Path(__file__).parents[1] / "cases" / "questions" / "scales.txt"
LINES = [line.split(" | ", 1) for line in BANK.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
# Steps of which one is called by a word that nothing ties to the others, or written as a number among words: known failures.
NOT_SEEN = (
    "Would not consider", "Less than 10% < About a quarter", "Completely useless", "Very poorly", "Not a fan", "Extremely frustrated",
    "完全不考虑", "百分之二十以下",
)  # fmt: skip


def found(steps: list[str], seed: int = 0) -> Found | None:
    rng = np.random.default_rng(seed)
    values = [s for s, n in zip(steps, rng.integers(6, 20, len(steps)), strict=True) for _ in range(n)]
    rng.shuffle(values)
    return scales.find(profile(pd.Series(values, dtype="str")), "How was it?")


def cases() -> list[object]:
    return [
        pytest.param(
            direction,
            steps.split(" < "),
            id=steps[:50],
            marks=[pytest.mark.xfail(strict=True)] if steps.startswith(NOT_SEEN) else [],
        )
        for direction, steps in LINES
        if not steps.startswith("-2")  # numbers without words are decided by the column, not by its words
    ]


@pytest.mark.parametrize(("direction", "steps"), cases())
def test_steps_are_seen_in_their_order(direction: str, steps: list[str]) -> None:
    scale = found(steps)
    assert scale is not None
    placed = [scale.place[s] for s in steps if s in scale.place]
    beside = [s for s in steps if s not in scale.place]
    assert all(off_scale(s) or is_missing(s) for s in beside)
    assert placed == sorted(set(placed)) or (scale.scale.direction == "unknown" and placed[::-1] == sorted(set(placed)))
    assert scale.scale.direction == direction


@pytest.mark.parametrize(
    "options",
    [
        ["Yes", "No"],
        ["Red", "Green", "Blue"],
        ["Email", "Phone", "Chat", "In person"],
        ["Less paperwork", "More training", "Better pay", "Nothing"],
        ["Good price", "Good service", "Fast delivery", "Other"],
        ["I like the taste", "It is cheap", "It is close to home"],
        ["Small business", "Large enterprise", "Government", "Non-profit"],
        ["Own", "Rent", "Other arrangement"],
        ["Always online", "Mostly in shops", "By phone"],
        ["願意", "不願意"],
        ["有", "沒有"],
        ["北部", "中部", "南部", "東部"],
        ["口味好", "价格低", "服务好", "环境好"],
        ["Windows 10", "Windows 11", "macOS 14"],
        ["Monday", "Tuesday", "Wednesday"],
        ["Team A", "Team B", "Team C"],
        ["大学生", "上班族", "退休人员"],
        ["Too noisy", "Too far away", "Too expensive"],
    ],
)
def test_choices_are_no_scale(options: list[str]) -> None:
    assert found(options) is None


CHOICES = [line for line in BANK.with_name("choices.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    "line",
    # Three things to subscribe to: that each names a rhythm is chance.
    [pytest.param(c, marks=[pytest.mark.xfail(strict=True)] if c.startswith("Weekly newsletter") else []) for c in CHOICES],
)
def test_choices_with_words_of_degree_are_no_scale(line: str) -> None:
    assert found(line.split(" < "), seed=1) is None


def test_an_answer_that_shares_the_scales_word_is_a_step() -> None:
    scale = found(["Not relevant", "Slightly relevant", "Relevant", "Highly relevant"])
    assert scale is not None
    assert scale.scale.labels == ("Not relevant", "Slightly relevant", "Relevant", "Highly relevant")


def test_who_cannot_judge_has_no_place() -> None:
    scale = found(["Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied", "I have not used it"])
    assert scale is not None
    assert scale.scale.max == 4
    assert "I have not used it" not in scale.place


@pytest.mark.parametrize(
    ("written", "half"),
    [
        ("非常好 Very good", "非常好"),
        ("5 非常好 Very good", "5 非常好"),
        ("30分鐘以內 under 30 min", "30分鐘以內"),
        ("Very good 非常好", "非常好"),
        ("是 / Yes", "是"),
        ("Very good", "Very good"),
        ("使用 App", "使用"),
    ],
)
def test_the_chinese_half(written: str, half: str) -> None:
    assert chinese_half(written) == half


def test_barer_words() -> None:
    assert not_compared("much worse than expected") == "much worse"
    assert not_compared("about as i expected") == "about the same"
    assert not_compared("比預期慢很多") == "慢很多"
    assert without_mark("A. Always") == "Always"
    assert without_mark("🙂 Good") == "Good"
    assert without_mark("$5 or less") == "$5 or less"
    assert ["not", "low", "high"] in list(wordings(["not priority", "low priority", "high priority"]))
