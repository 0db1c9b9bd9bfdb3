"""Praise that was set aside stands behind the evidence of all cells, for review, and leads to no cell."""

from __future__ import annotations

import pytest

import research_kit as rk
from research_kit.records import LANGUAGES, Language
from research_kit.write.sheets.evidence import evidence_sheet
from research_kit.write.sheets.words import Words

DATA = {
    "stages": [{"key": "pay", "name": "Pay"}],
    "cells": [{"persona": "everyone", "stage": "pay", "lane": "quotes", "lines": ["slow"], "n": 1, "evidence": ["S1-R2-C1-1"]}],
    "flagged": ["S1-R3-C1-1", "S1-R9-C1-2"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_flagged_praise_ends_the_evidence(language: Language) -> None:
    content = rk.JourneyMap.from_dict({**DATA, "language": language})
    words = Words(language)
    rows = [row.cells for row in evidence_sheet(content, None, None, words).blocks[1].rows][1:]

    assert [row[-1].text for row in rows] == ["S1-R2-C1-1", "S1-R3-C1-1", "S1-R9-C1-2"]
    assert [row[0].text == words("evidence_review") for row in rows] == [False, True, True]
    assert [row[0].link is None for row in rows] == [False, True, True]
    assert rk.JourneyMap.from_dict(content.to_dict()).flagged == content.flagged
